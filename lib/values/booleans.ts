import { kindOf } from './texts';

/** True or false as it is sent, or why a value is neither: `why` ends a sentence that starts with the field, `hint` says what to do. */
export type ParsedBoolean = { ok: true; value: boolean } | { ok: false; why: string; hint: string };

const words = new Map(
	Object.entries({
		true: true,
		yes: true,
		y: true,
		on: true,
		'1': true,
		false: false,
		no: false,
		n: false,
		off: false,
		'0': false,
	}),
);

/** Reads true or false in the forms that learning platforms and spreadsheets give: the words true, yes, on, y and their opposites, 1 and 0. */
export function parseBoolean(value: unknown): ParsedBoolean {
	if (typeof value === 'boolean') return { ok: true, value };
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
	const known = text === undefined ? undefined : words.get(text.toLowerCase());
	if (known !== undefined) return { ok: true, value: known };
	return { ok: false, why: `is ${kindOf(text ?? value)}, neither yes nor no`, hint: 'Write true or false, yes or no, 1 or 0.' };
}
