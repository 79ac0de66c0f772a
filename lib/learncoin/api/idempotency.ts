import { createHash, randomUUID } from 'node:crypto';

import { ExplainedFailure } from '../../http/explained';
import type { Checked } from '../../values/checked';

/** What LearnCoin recognises a repeated POST by, for 24 h: same key and same body get the first answer (docs/api/learncoin.md 5). */
export type IdempotencyKey = Checked<string, 'idempotency key'>;

const longestKey = 255;

/** Makes our keys different from any that somebody else derives from the same bodies. */
const salt = 'n8n-nodes-moca-learncoin/1';

/** The same for the same parts, whoever's key it is sent with: LearnCoin keeps tenants apart by the API key. */
export const derivedKey = (...parts: string[]): IdempotencyKey => {
	const hash = createHash('sha256');
	for (const part of [salt, ...parts]) hash.update(`${Buffer.byteLength(part)}:${part}`);
	return asUuid(hash.digest()) as IdempotencyKey;
};

/** For a POST that is meant to happen each time it is asked for: only the repeats of this one request share it. */
export const freshKey = (): IdempotencyKey => randomUUID() as IdempotencyKey;

/**
 * The form that both documents allow: one takes any text, the other recommends a UUID (docs/api/learncoin.md 5). Marked as version 4, the only one
 * that LearnCoin's own checks name elsewhere; 122 bits of the hash are left.
 */
function asUuid(digest: Buffer): string {
	const bytes = Buffer.from(digest.subarray(0, 16));
	bytes[6] = (bytes[6]! & 0x0f) | 0x40;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * A key of the user's own.
 *
 * @throws ExplainedFailure when it is longer than 255 characters or holds what a header can't
 */
export function checkIdempotencyKey(key: string): IdempotencyKey {
	if (key.length > longestKey) {
		throw new ExplainedFailure(`The idempotency key has ${key.length} characters; LearnCoin takes ${longestKey}`, {
			hint: 'Use a shorter one, such as the course ID and the learner’s ID, or leave it empty: then it is derived from what is sent.',
		});
	}
	if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(key)) {
		throw new ExplainedFailure('The idempotency key has characters that cannot be sent in a header', {
			hint: 'Use letters without accents, digits and signs such as - and _, without line breaks.',
		});
	}
	return key as IdempotencyKey;
}

/**
 * The key of the n-th batch with the same own key. The first has the key itself, so that a run that grew beyond one batch still repeats it.
 *
 * @param position from 0
 * @throws ExplainedFailure when that makes it too long
 */
export const keyOfBatch = (ownKey: IdempotencyKey, position: number): IdempotencyKey =>
	position === 0 ? ownKey : checkIdempotencyKey(`${ownKey}-${position + 1}`);
