import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';
import type { Lookup } from '../lookup';
import type { Finding } from '../verdict';

/** 16 MB of bits: a list may be packed so small that nobody sees how long it is. */
const lastIndex = 2 ** 27;

/** Checks what a list says of itself: whether it still counts, and its proof, as far as that can be checked. */
export type CheckList = (list: JsonObject) => Promise<'right' | 'wrong' | 'ended' | 'unknown'>;

/** A bit for any other purpose, such as `refresh` or `message`, takes nothing from a badge. */
const words: ReadonlyMap<string, string> = new Map([
	['revocation', 'revoked'],
	['suspension', 'suspended'],
]);

/**
 * What a status list says (Bitstring Status List, and Status List 2021 before it): one bit for each badge.
 *
 * @param entry a document's `credentialStatus`
 * @param issuerId whose list it has to be
 */
export async function checkListed(entry: JsonObject, issuerId: string | undefined, lookup: Lookup, checkList: CheckList): Promise<Finding> {
	const { statusListCredential: url, statusListIndex } = entry;
	const purpose = textOf(entry.statusPurpose ?? 'revocation');
	const word = words.get(purpose);
	if (word === undefined) return open(`It names a list for “${purpose.slice(0, 60)}”, which does not say whether it was revoked.`);
	const index = Number(statusListIndex);
	if (typeof url !== 'string' || !Number.isInteger(index) || index < 0 || index > lastIndex)
		return open('It names a list of states in a way that is not known here.');
	const found = await lookup.get(url);
	if (!found.ok) return open(`The list of states could not be looked up: ${found.why}.`);
	const list = found.object;
	const subject = isJsonObject(list.credentialSubject) ? list.credentialSubject : {};
	if (idOf(list.issuer) !== issuerId || ![subject.statusPurpose ?? purpose].flat().includes(purpose)) {
		return open('The list of states is not the one that the badge means: it is another issuer’s, or for another purpose.');
	}
	const proof = await checkList(list);
	if (proof === 'wrong') return open('The list of states does not fit its own proof.');
	if (proof === 'ended') return open('The list of states has ended; a newer one could not be had.');
	const bit = await bitAt(subject.encodedList, index);
	if (bit === undefined) return open('The list of states cannot be read, or is too short.');
	if (bit) return { verdict: 'fails', reason: `The issuer’s list says: ${word}.`, means: 'revoked' };
	return proof === 'right'
		? { verdict: 'holds', reason: 'The issuer’s list says that it was not revoked.' }
		: {
				verdict: 'partly',
				reason: 'The issuer’s list says that it was not revoked. The list’s own proof is of another kind, and was not checked.',
			};
}

const open = (reason: string): Finding => ({ verdict: 'notProven', reason });

export const idOf = (issuer: unknown): string | undefined => {
	const id = isJsonObject(issuer) ? issuer.id : issuer;
	return typeof id === 'string' ? id : undefined;
};

/** The most significant bit of a byte comes first. @returns undefined for a list that can't be read, or is too short */
async function bitAt(encoded: unknown, index: number): Promise<boolean | undefined> {
	if (typeof encoded !== 'string') return undefined;
	const compressed = Buffer.from(encoded.replace(/^u/, ''), 'base64url');
	const byte = await byteAt(compressed, Math.floor(index / 8)).catch(() => undefined);
	return byte === undefined ? undefined : ((byte >> (7 - (index % 8))) & 1) === 1;
}

/** Unpacks no more than is needed: a small list may be made to unpack into more than a memory holds. */
async function byteAt(compressed: Uint8Array<ArrayBuffer>, place: number): Promise<number | undefined> {
	const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
	let before = 0;
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		const bytes = part.value as Uint8Array;
		if (place < before + bytes.length) {
			await reader.cancel();
			return bytes[place - before];
		}
		before += bytes.length;
	}
	return undefined;
}
