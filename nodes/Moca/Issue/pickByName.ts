import type { IDataObject } from 'n8n-workflow';

/**
 * The values of an input item that belong to these fields. A key belongs to the field of the same name, or, if none has just that name, to
 * the one field it equals but for letter case, blanks, `_` and `-` (“Completed on” for `completedOn`). All other keys are left out, and so
 * are keys that equal several fields in that way, and several keys that equal the same field: which one is meant, nobody knows.
 */
export function pickByName(json: IDataObject, names: string[]): IDataObject {
	const alikeNames = byPlainName(names);
	const known = new Set(names);
	const alikeKeys = byPlainName(Object.keys(json).filter((key) => !known.has(key)));
	const picked = names.flatMap((name) => {
		if (Object.hasOwn(json, name)) return [[name, json[name]] as const];
		const keys = alikeKeys.get(plain(name)) ?? [];
		return keys.length === 1 && alikeNames.get(plain(name))?.length === 1 ? [[name, json[keys[0]!]] as const] : [];
	});
	return Object.fromEntries(picked);
}

function byPlainName(names: string[]): Map<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const name of new Set(names)) {
		const group = groups.get(plain(name));
		if (group) group.push(name);
		else groups.set(plain(name), [name]);
	}
	return groups;
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
