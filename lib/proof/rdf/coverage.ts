import type { LibraryEvent } from 'jsonld/lib/context.js';

import { isJsonObject, type JsonObject } from '../../values/json';
import type { Work } from '../breather';
import { expand, NotJsonLd } from './expand';

/** A field, by the way to it: `['credentialSubject', 'achievement', 'alignment', 0, 'grade']`. */
type Path = ReadonlyArray<string | number>;

interface Field {
	path: Path;
	name: string;
	value: unknown;
	siblings: readonly string[];
}

/** More fields of one name aren't tried one by one. */
const mostTried = 20;

/** More aren't listed. */
const mostListed = 100;

/**
 * The fields that the hash doesn't cover: whatever is written there, the hash is the same. JSON-LD drops silently what no context defines, and
 * all that is said of something whose ID is no full address.
 *
 * @param events what the library let fall while it read and hashed the document
 * @returns ways through the document, such as `credentialSubject.grade`, sorted
 * @throws TooMuchWork
 */
export async function notCovered(document: JsonObject, events: readonly LibraryEvent[], work: Work): Promise<string[]> {
	const fields = fieldsOf(document);
	const byName = groupBy(fields, ({ name }) => [name]);
	const byValue = groupBy(fields, ({ value }) => [value].flat().filter((one) => typeof one === 'string'));
	const found = new Set<string>();
	const add = (path: Path) => found.add(toText(path));

	// The library knows it, and says nothing when it drops it.
	for (const { path } of byName.get('@index') ?? []) add(path);
	const names = groupBy(events.filter(isDroppedName), ({ details }) => [String(details.property)]);
	for (const [name, ofName] of names) {
		for (const { path } of await dropped(document, byName.get(name) ?? [], ofName.length, work)) add(path);
	}
	for (const { code, value } of otherEvents(events)) {
		const meant = byValue.get(value) ?? [];
		const identifying = meant.filter(({ name }) => /^@?(id|type)$/.test(name));
		for (const { path, siblings } of identifying.length > 0 ? identifying : meant) {
			add(path);
			if (code === 'relative subject reference') siblings.forEach((name) => add([...path.slice(0, -1), name]));
		}
		if (meant.length === 0 && found.size === 0) found.add(`(${code})`);
		if (found.size > mostListed) break;
	}
	return [...found].sort().slice(0, mostListed);
}

/** The same name may be defined in one place and not in another; which ones are dropped shows when they are left out. */
async function dropped(document: JsonObject, fields: readonly Field[], count: number, work: Work): Promise<readonly Field[]> {
	if (fields.length <= count || fields.length > mostTried) return fields;
	const found: Field[] = [];
	for (const field of fields) {
		try {
			const { events } = await expand(leaveOut(document, field.path) as JsonObject, work);
			if (events.filter((event) => isDroppedName(event) && event.details.property === field.name).length < count) found.push(field);
		} catch (error) {
			if (!(error instanceof NotJsonLd)) return await Promise.reject(error);
			found.push(field);
		}
	}
	return found;
}

const isDroppedName = ({ code }: LibraryEvent): boolean => code === 'invalid property';

/** Each once. Which way a text is written is dropped too, and an empty object; neither says anything. */
function otherEvents(events: readonly LibraryEvent[]): Array<{ code: string; value: string }> {
	const others = events
		.filter((event) => !isDroppedName(event) && event.code !== 'rdfDirection not set' && event.code !== 'empty object')
		.map(({ code, details }) => ({ code, value: String(Object.values(details).find((one) => typeof one === 'string')) }));
	return [...new Map(others.map((one) => [`${one.code} ${one.value}`, one])).values()];
}

function groupBy<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		for (const key of keysOf(item)) {
			const group = groups.get(key);
			if (group) group.push(item);
			else groups.set(key, [item]);
		}
	}
	return groups;
}

/** Every field but those of contexts, which aren't data. */
function fieldsOf(value: unknown, path: Path = []): Field[] {
	if (Array.isArray(value)) return value.flatMap((inner, index) => fieldsOf(inner, [...path, index]));
	if (!isJsonObject(value)) return [];
	const siblings = Object.keys(value).filter((name) => name !== '@context');
	return siblings.flatMap((name) => {
		const inner = [...path, name];
		return [{ path: inner, name, value: value[name], siblings }, ...fieldsOf(value[name], inner)];
	});
}

function leaveOut(value: unknown, [step, ...rest]: Path): unknown {
	if (Array.isArray(value)) return value.map((inner, index) => (index === step ? leaveOut(inner, rest) : (inner as unknown)));
	if (!isJsonObject(value)) return value;
	if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
	return { ...value, [String(step)]: leaveOut(value[String(step)], rest) };
}

const toText = (path: Path): string =>
	path
		.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`), '')
		.slice(0, 200);
