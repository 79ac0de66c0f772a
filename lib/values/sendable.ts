/** The first part of a value that can't be sent, or why: `why` ends a sentence that starts with the field, `hint` says what to do. */
export interface Unsendable {
	/** Where it is, such as `recipient.name`; '' for the value itself. */
	path: string;
	why: string;
	hint: string;
}

/** Nobody nests data so deeply on purpose; writing JSON of what is nested thousands of times fails. */
const deepest = 100;

/**
 * What JSON can hold, but not every service reads: half of a character (a lone surrogate, as is left when a text is cut in an emoji), which
 * parsers refuse or replace, and endless nesting. Takes time with the size of the value, and never throws.
 */
export function findUnsendable(value: unknown, path = ''): Unsendable | undefined {
	const open: Array<{ value: unknown; path: string; depth: number }> = [{ value, path, depth: 0 }];
	for (let next = open.pop(); next; next = open.pop()) {
		const { value: part, path: at, depth } = next;
		if (typeof part === 'string' && hasHalfCharacter(part)) return { path: at, ...cut };
		if (typeof part === 'bigint') return { path: at, ...tooLarge };
		if (typeof part !== 'object' || part === null || writesItself(part)) continue;
		if (depth >= deepest) return { path: at, ...tooDeep };
		for (const [name, inner] of Object.entries(part)) {
			if (hasHalfCharacter(name)) return { path: at, ...cut };
			const innerPath = at === '' ? name : `${at}.${name}`;
			open.push({ value: inner, path: innerPath.length > longestPath ? at : innerPath, depth: depth + 1 });
		}
	}
	return undefined;
}

/** With its flag, the pattern takes two halves that belong together for one character. */
export const hasHalfCharacter = (text: string): boolean => /\p{Surrogate}/u.test(text);

/** Dates, as n8n's expressions give them, are texts in JSON. */
const writesItself = (value: object): boolean => 'toJSON' in value && typeof value.toJSON === 'function';

const longestPath = 40;

const cut = {
	why: 'holds half of a character',
	hint: 'Its text was probably cut off in the middle of an emoji. Correct it where it comes from, or with .toWellFormed() in an expression.',
};
const tooDeep = { why: 'is nested too deeply', hint: `Give at most ${deepest} levels of lists and objects within each other.` };
const tooLarge = { why: 'is a number too large to be sent exactly', hint: 'Give it as a text, in quotes.' };
