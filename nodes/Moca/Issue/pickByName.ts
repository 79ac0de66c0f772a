import type { IDataObject } from 'n8n-workflow';

/**
 * The values of an input item that belong to these fields. A key belongs to the field of the same name, or, if none has just that name, to
 * the one field it equals but for letter case, blanks, `_` and `-` (“Completed on” for `completedOn`). All other keys are left out.
 */
export function pickByName(json: IDataObject, names: string[]): IDataObject {
	const picked = names.flatMap((name) => {
		if (Object.hasOwn(json, name)) return [[name, json[name]] as const];
		const alike = Object.keys(json).filter((key) => plain(key) === plain(name) && !names.includes(key));
		return alike.length === 1 ? [[name, json[alike[0]!]] as const] : [];
	});
	return Object.fromEntries(picked);
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
