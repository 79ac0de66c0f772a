import { isJsonObject, parseJson, type JsonObject } from '../../values/json';
import type { Work } from '../breather';

/** A document, or why there is none: a sentence for whoever brought it. */
export type Reading = { ok: true; document: JsonObject } | { ok: false; why: string };

/** What a picture holds: the text of a badge, as text or in UTF-8, or why there is none. */
export type Baked = { ok: true; text: string | Uint8Array } | { ok: false; why: string };

export const no = (why: string): Reading => ({ ok: false, why });

/** Bytes of a file, and characters of a text. */
export const longest = 5 * 1024 * 1024;

/** More than any badge needs, and little enough that no part of the work holds n8n up: `npm run bench -- holds` measures it. */
export const mostValues = 3_000;
export const deepest = 60;

/** Characters of all names and texts but embedded pictures: a book of a hundred pages. Libraries go through them again and again, in one go. */
export const mostText = 250_000;

export const tooLarge = 'It is larger than 5 MB, which no badge is.';
const tooMuch = `It has more than ${mostValues} values, which is more than this check takes on.`;
const tooDeep = `It is nested more than ${deepest} levels deep, which is more than this check takes on.`;
const tooMuchText = `It has more than ${mostText} characters beside embedded pictures, which is more than this check takes on.`;

/** Reads a document from JSON text; how much there is in it is counted before it is parsed. */
export async function readJsonText(text: string, work: Work): Promise<Reading> {
	if (text.length > longest) return no(tooLarge);
	const { values, depth } = await measure(text, work);
	if (depth > deepest) return no(tooDeep);
	if (values > mostValues) return no(tooMuch);
	await work.piece();
	const document = parseJson(text);
	if (document === undefined) return no('It is not JSON: it may be cut off, or another kind of file.');
	await work.piece();
	return isJsonObject(document) ? bounded(document) : no('It is JSON, but not an object, so it is no badge.');
}

/** The same for a document that may be an object already. */
export async function readJsonValue(value: unknown, work: Work): Promise<Reading> {
	if (typeof value === 'string') return await readJsonText(value, work);
	return isJsonObject(value) ? bounded(value) : no('It is not a JSON object, so it is no badge.');
}

function bounded(document: JsonObject): Reading {
	const open: Array<{ value: unknown; level: number }> = [{ value: document, level: 1 }];
	let values = 0;
	let length = 0;
	let text = 0;
	for (let next = open.pop(); next; next = open.pop()) {
		const { value, level } = next;
		if (level > deepest) return no(tooDeep);
		if (++values > mostValues) return no(tooMuch);
		if (typeof value === 'string') {
			length += value.length;
			if (!isEmbedded(value)) text += value.length;
		}
		if (typeof value === 'object' && value !== null) {
			const inner = Object.entries(value);
			if (values + inner.length > mostValues) return no(tooMuch);
			for (const [name, one] of inner) {
				if (!Array.isArray(value)) text += name.length;
				open.push({ value: one, level: level + 1 });
			}
		}
		if (length > longest) return no(tooLarge);
		if (text > mostText) return no(tooMuchText);
	}
	return { ok: true, document };
}

/** A picture as a text, of characters alone that are never written otherwise: that takes time. */
export const isEmbedded = (text: string): boolean => text.startsWith('data:') && !/[^!#-;=?-[\]_a-z~]/.test(text);

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/** Characters that are looked at in one go. */
const piece = 200_000;

/** How many values a JSON text has at least, and how deeply they are nested; stops as soon as it is too much. */
async function measure(text: string, work: Work): Promise<{ values: number; depth: number }> {
	const found = { values: 0, depth: 0 };
	let level = 0;
	let isInText = false;
	let at = 0;
	for (let end = piece; at < text.length && found.values <= mostValues && found.depth <= deepest; end += piece) {
		await work.piece();
		for (; at < Math.min(end, text.length); at++) {
			const code = text.charCodeAt(at);
			if (code === quote) isInText = !isInText;
			else if (isInText) at += code === backslash ? 1 : 0;
			else if (code === comma) found.values += 1;
			// Square and curly brackets differ from each other by one bit alone.
			else if ((code | 0x20) === 0x7b) {
				found.values += 1;
				level += 1;
				found.depth = Math.max(found.depth, level);
			} else if ((code | 0x20) === 0x7d) level -= 1;
		}
	}
	return found;
}
