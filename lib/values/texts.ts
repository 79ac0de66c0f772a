/** A text as it is sent, or why a value isn't one: `why` ends a sentence that starts with the field, `hint` says what to do. */
export type ParsedText = { ok: true; value: string } | { ok: false; why: string; hint: string };

/** Reads a text; a number, true and false stand for their own text. */
export function parseText(value: unknown): ParsedText {
	if (typeof value === 'string') return { ok: true, value };
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		return { ok: false, why: `is ${String(value)}, a number too large to keep all its digits`, hint: 'Give it as a text, in quotes.' };
	}
	if (typeof value === 'boolean' || Number.isFinite(value)) return { ok: true, value: String(value) };
	return {
		ok: false,
		why: `is ${kindOf(value)}, not a text`,
		hint: 'Give one text. A list can be joined in an expression: {{ $json.names.join(", ") }}.',
	};
}

const longestQuote = 60;

/** For quoting what somebody entered. */
export const shorten = (text: string, longest = longestQuote): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** Text as it was entered, without blanks around it; '' for everything that isn't text or a number. */
export const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');

/** Nothing in a field: what an item without the value, or an empty cell, gives. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** What a value is, for a sentence: a text in quotes, `a list`, `an object`, a number as it is, `empty`. */
export const kindOf = (value: unknown): string => {
	if (value === undefined || value === null) return 'empty';
	if (typeof value === 'string') return `“${shorten(value, 40)}”`;
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : String(value);
};
