import type { Work } from '../breather';
import { no, longest, readJsonText, tooLarge, type Baked, type Reading } from './boundedJson';
import { findInPng, isPng } from './png';
import { findInSvg } from './svg';

/**
 * Reads the document out of a file: JSON as it is, or baked into a PNG or an SVG (Open Badges 3.0, section 5.3). What kind of file it is, its
 * bytes say, not its name.
 */
export async function readBadgeFile(bytes: Uint8Array, work: Work): Promise<Reading> {
	if (bytes.length > longest) return no(tooLarge);
	if (bytes.length === 0) return no('The file is empty.');
	if (isPng(bytes)) return await fromPicture(findInPng(bytes), work);
	const text = (await decode(bytes, work)).trimStart();
	if (text.startsWith('<')) return await fromPicture(findInSvg(text), work);
	return isJwt(text) ? no(jwtHint) : await readJsonText(text, work);
}

/** In pieces: texts of other letters than English ones take several times as long. */
async function decode(bytes: Uint8Array, work: Work): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		text += decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true });
		await work.piece();
	}
	return text + decoder.decode();
}

const pieceBytes = 500_000;

async function fromPicture(baked: Baked, work: Work): Promise<Reading> {
	if (!baked.ok) return no(baked.why);
	await work.piece();
	const text = baked.text instanceof Uint8Array ? await decode(baked.text, work) : baked.text;
	return isJwt(text) ? no(jwtHint) : await readJsonText(text, work);
}

const isJwt = (text: string): boolean => /^eyJ[\w-]{5,}\./.test(text.slice(0, longestHeader));

/** It may hold certificates. */
const longestHeader = 20_000;

const jwtHint = 'The badge is signed as a JWT. This check is for badges with a MerkleProof2019, which are anchored on a blockchain.';
