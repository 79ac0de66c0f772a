/**
 * MerkleProof2019 checked as its algorithm has it, with jsonld, and with nothing of the sandbox's or the product's own: what either of them gets
 * wrong must not come out right here.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { base58 } from '@scure/base';
import { decode } from 'cborg';
import { documentLoader } from './contexts';

interface Jsonld {
	canonize(document: object, options: object): Promise<string>;
}

const jsonld = createRequire(__filename)('jsonld') as Jsonld;

export interface Provable {
	proof: { proofValue: string; [member: string]: unknown };
	[member: string]: unknown;
}

interface ReadProof {
	/** 64 hex digits each. */
	merkleRoot: string;
	targetHash: string;
	/** As the proof has it: chain, network, transaction; the last is missing on a mocknet. */
	anchor: Array<number | string>;
	path: Array<{ left: string } | { right: string }>;
}

/** Canonical N-Quads of a document without its proof. */
export async function canonicalOf(document: object): Promise<string> {
	const unproven: { proof?: unknown } = { ...document };
	delete unproven.proof;
	return await jsonld.canonize(unproven, { algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: false, documentLoader });
}

/** What a proof says, whichever way it is written. */
export function readProof(proofValue: string): ReadProof {
	const members = new Map(decodeValue(proofValue));
	const [anchor = []] = members.get(2) as Array<Array<[number, number | string | Uint8Array]>>;
	const steps = members.get(3) as Array<[0 | 1, Uint8Array]>;
	return {
		merkleRoot: readText(members.get(0)),
		targetHash: readText(members.get(1)),
		anchor: anchor.map(([, part]) => (part instanceof Uint8Array ? readText(part) : part)),
		path: steps.map(([side, hash]) => (side === 0 ? { left: readText(hash) } : { right: readText(hash) })),
	};
}

/** In multibase or not: z is also a digit of base58, so only what is behind it tells. */
function decodeValue(proofValue: string): Array<[number, unknown]> {
	try {
		return decode(base58.decode(proofValue.replace(/^z/, ''))) as Array<[number, unknown]>;
	} catch {
		return decode(base58.decode(proofValue)) as Array<[number, unknown]>;
	}
}

/** CBOR within CBOR: a text as it is, or bytes as hex. */
function readText(encoded: unknown): string {
	const text = decode(encoded as Uint8Array) as string | Uint8Array;
	return typeof text === 'string' ? text : hex(text);
}

/** Whether the hash is the document's, and whether the path leads from it to the root. */
export async function checkProof(document: Provable): Promise<{ hashFits: boolean; pathFits: boolean } & ReadProof> {
	const read = readProof(document.proof.proofValue);
	const hash = hex(sha256(Buffer.from(await canonicalOf(document))));
	let reached = read.targetHash;
	for (const step of read.path) {
		const pair = 'left' in step ? step.left + reached : reached + step.right;
		reached = hex(sha256(Buffer.from(pair, 'hex')));
	}
	return { hashFits: hash === read.targetHash, pathFits: reached === read.merkleRoot, ...read };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
