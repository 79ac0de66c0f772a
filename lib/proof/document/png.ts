import type { Baked } from './boundedJson';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const isPng = (bytes: Uint8Array): boolean => signature.every((byte, at) => bytes[at] === byte);

/**
 * The badge in a PNG: an uncompressed iTXt chunk with the keyword `openbadgecredential` (Open Badges 3.0, section 5.3.1).
 *
 * @param bytes of a file that starts as a PNG does
 */
export function findInPng(bytes: Uint8Array): Baked {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let found: Baked | undefined;
	let isOlder = false;
	// A file may be nothing but such parts, hundreds of thousands of them: nothing is made for those that don't matter.
	for (let at = signature.length; at + 12 <= bytes.length;) {
		const length = view.getUint32(at);
		const type = view.getUint32(at + 4);
		const end = at + 8 + length;
		if (end + 4 > bytes.length) return { ok: false, why: 'The PNG is cut off.' };
		if (type === textType && hasKeyword(bytes, at + 8, end, 'openbadgecredential')) {
			if (found) return { ok: false, why: 'The PNG holds more than one badge, against the rules, so nobody can say which one it shows.' };
			found = textOf(bytes.subarray(at + 8, end), 'openbadgecredential'.length + 1);
		}
		isOlder ||= type === textType && hasKeyword(bytes, at + 8, end, 'openbadges');
		if (type === endType) break;
		at = end + 4;
	}
	if (found) return found;
	if (isOlder) return { ok: false, why: 'The PNG holds a badge of Open Badges 2, which carries no proof of its own.' };
	return {
		ok: false,
		why: 'The PNG holds no badge: it is only a picture. The file that was downloaded from the issuer has it; a screenshot has not.',
	};
}

/** `iTXt` and `IEND` */
const textType = 0x69545874;
const endType = 0x49454e44;

/** Whether this, and a zero, stand at a place before `end`. */
function hasKeyword(bytes: Uint8Array, start: number, end: number, keyword: string): boolean {
	if (start + keyword.length >= end || bytes[start + keyword.length] !== 0) return false;
	for (let at = 0; at < keyword.length; at++) if (bytes[start + at] !== keyword.charCodeAt(at)) return false;
	return true;
}

/** After the keyword: whether it is compressed, how, a language, the keyword in it, and then the text. */
function textOf(data: Uint8Array, start: number): Baked {
	if (data[start] !== 0) return { ok: false, why: 'The badge in the PNG is compressed, which the rules of Open Badges 3.0 forbid.' };
	const language = data.indexOf(0, start + 2);
	const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
	if (translated < 0) return { ok: false, why: 'The badge in the PNG is cut off.' };
	return { ok: true, text: data.subarray(translated + 1) };
}
