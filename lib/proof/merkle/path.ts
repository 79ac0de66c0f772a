import { createHash } from 'node:crypto';

import type { PathItem } from './proofValue';

/**
 * Where a path leads from a leaf.
 *
 * @param leaf 64 hex digits
 * @returns the root, 64 hex digits in lower case
 */
export function walk(leaf: string, path: readonly PathItem[]): string {
	let hash = Buffer.from(leaf, 'hex');
	for (const { side, hash: written } of path) {
		const other = Buffer.from(written, 'hex');
		hash = sha256(side === 'left' ? Buffer.concat([other, hash]) : Buffer.concat([hash, other]));
	}
	return hash.toString('hex');
}

const sha256 = (bytes: Buffer): Buffer<ArrayBuffer> => createHash('sha256').update(bytes).digest();
