export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a text says as JSON; `undefined` when it isn't JSON, which says nothing else that way. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Whether lists and objects are nested deeper than so many levels. Without recursion, which ends in an error where nesting is endless. */
export function isDeeperThan(levels: number, value: unknown): boolean {
	const open: Array<{ value: object; level: number }> = [];
	const look = (inner: unknown, level: number) => {
		if (typeof inner === 'object' && inner !== null) open.push({ value: inner, level });
	};
	look(value, 1);
	for (let next = open.pop(); next; next = open.pop()) {
		const { level } = next;
		if (level > levels) return true;
		for (const inner of Object.values(next.value)) look(inner, level + 1);
	}
	return false;
}

/** JSON in which the order of an object's names makes no difference; what JSON has no form for is left out, as `JSON.stringify` does. */
export const canonicalJson = (value: unknown): string =>
	JSON.stringify(value, (_, inner: unknown) =>
		isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1))) : inner,
	);

/** An object, or why a value isn't one: `why` ends a sentence that starts with the field, `hint` says what to do. */
export type ParsedObject = { ok: true; object: JsonObject } | { ok: false; why: string; hint: string };

const hint =
	'Names and texts stand in double quotes, commas between the fields and none after the last. In an expression, build it with JSON.stringify({ … }).';

/** Reads an object from an object or from JSON text, and tells where a text stops being JSON. */
export function parseObject(value: unknown): ParsedObject {
	if (typeof value !== 'string') return isJsonObject(value) ? { ok: true, object: value } : no(`is ${describe(value)}, not an object`);
	if (value.trim() === '') return no('is empty, not an object');
	try {
		const parsed: unknown = JSON.parse(value);
		return isJsonObject(parsed) ? { ok: true, object: parsed } : no(`is ${describe(parsed)}, not an object`);
	} catch (error) {
		return no(`is not valid JSON: ${whereIn(value, error)}`);
	}
}

const no = (why: string): ParsedObject => ({ ok: false, why, hint });

/** The parser tells the position as `position 17`, or not at all where the text just ends. */
function whereIn(text: string, error: unknown): string {
	const told = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
	const position = Math.min(told === undefined ? text.length : Number(told), text.length);
	const before = text.slice(0, position);
	const near = text
		.slice(Math.max(0, position - 15), position + 15)
		.replace(/\s+/g, ' ')
		.trim();
	return `line ${before.split('\n').length}, column ${position - before.lastIndexOf('\n')}, near “${near}”`;
}

function describe(value: unknown): string {
	if (value === undefined || value === null) return 'empty';
	if (Array.isArray(value)) return 'a list';
	return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'something else';
}
