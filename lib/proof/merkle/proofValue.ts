import { base58 } from '@scure/base';
import { decode } from 'cborg';

import { attempt } from '../../values/attempt';
import { readAnchor, type Anchor } from '../chain/anchorCode';

export interface PathItem {
	/** On which side of what is hashed so far the other hash stands. */
	side: 'left' | 'right';
	/** 64 hex digits in lower case. */
	hash: string;
}

/** What a MerkleProof2019 says. Hashes are 64 hex digits in lower case. */
export interface ProofValue {
	targetHash: string;
	merkleRoot: string;
	path: PathItem[];
	anchors: Anchor[];
}

/** The decoder takes no longer ones, because base58 takes time with the square of the length. A path of 38 steps fits; 500 badges need 9. */
const longest = 4_096;

/**
 * Decodes `proofValue`: base58, with the `z` of multibase or without it, of CBOR. Keys are small numbers, objects are lists of pairs; each hash is
 * a byte string that is CBOR again, of hex digits or of raw bytes, depending on the program that wrote it.
 *
 * @returns undefined for whatever isn't one
 */
export function decodeProofValue(text: unknown): ProofValue | undefined {
	if (typeof text !== 'string' || text.length > longest) return undefined;
	// z is a digit of base58, too.
	const written = text.startsWith('z') ? [text.slice(1), text] : [text];
	for (const one of written) {
		const proof = attempt(() => readProof(decode(base58.decode(one), { useMaps: true })));
		if (proof) return proof;
	}
	return undefined;
}

function readProof(value: unknown): ProofValue | undefined {
	const root = fieldsOf(value);
	const merkleRoot = readHash(root?.get(0));
	const targetHash = readHash(root?.get(1));
	const anchors = root?.get(2);
	const path = root?.get(3) ?? [];
	if (!merkleRoot || !targetHash || !Array.isArray(anchors) || !Array.isArray(path)) return undefined;
	const items = path.map(readPathItem);
	if (items.includes(undefined)) return undefined;
	return {
		merkleRoot,
		targetHash,
		path: items as PathItem[],
		anchors: anchors.map((anchor) =>
			readAnchor(typeof anchor === 'string' ? anchor : [...(fieldsOf(anchor)?.values() ?? [])].map(readText)),
		),
	};
}

function readPathItem(item: unknown): PathItem | undefined {
	// A step is a pair, or a list of one pair.
	const fields = fieldsOf(item) ?? fieldsOf([item]);
	const [side, value] = [...(fields ?? [])][0] ?? [];
	const hash = readHash(value);
	return hash && (side === 0 || side === 1) ? { side: side === 0 ? 'left' : 'right', hash } : undefined;
}

/** In the order of their numbers. */
function fieldsOf(value: unknown): Map<number, unknown> | undefined {
	const pairs: unknown = value instanceof Map ? [...value] : value;
	if (!Array.isArray(pairs) || pairs.length === 0) return undefined;
	if (!pairs.every((pair): pair is [number, unknown] => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'number'))
		return undefined;
	return new Map([...pairs].sort(([one], [other]) => one - other));
}

/** Texts too are byte strings that are CBOR again, at times; raw bytes become hex digits. */
function readText(value: unknown): unknown {
	if (!(value instanceof Uint8Array)) return value;
	const inner: unknown = attempt(() => decode(value)) ?? value;
	return inner instanceof Uint8Array ? toHex(inner) : inner;
}

function readHash(value: unknown): string | undefined {
	if (typeof value === 'string') return isHash(value) ? value.toLowerCase() : undefined;
	if (!(value instanceof Uint8Array)) return undefined;
	if (value.length === 32) return toHex(value);
	const inner: unknown = decode(value);
	return inner instanceof Uint8Array ? (inner.length === 32 ? toHex(inner) : undefined) : readHash(inner);
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
