import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

import { ExplainedFailure } from '../../http/explained';
import { attempt } from '../../values/attempt';
import { isJsonObject, parseJson, type JsonObject } from '../../values/json';
import { keyIdOf, type Partner } from './partnerJwt';
import { publicHalfOf, type Algorithm } from './privateKey';

/** One key as it is published (RFC 7517): public members alone, and what Moca looks for it by. */
export type PublishedKey = { kid: string; alg: Algorithm; use: 'sig' } & (
	{ kty: 'RSA'; n: string; e: string } | { kty: 'EC'; crv: 'P-256'; x: string; y: string }
);

export interface Jwks {
	keys: PublishedKey[];
}

/** A public key beside the partner's own: the next one before it signs, or the last one until nobody uses its tokens any more. */
export interface FurtherKey {
	/** A public key as PEM or JWK, or a whole JWKS. */
	publicKey: string;
	/** Needed for a key that doesn't bring its own. */
	keyId: string;
}

/**
 * The key set that Moca is to fetch (docs/api/moca.md 2.5): the public half of the partner's key, under the key ID that its tokens carry,
 * and further public keys. Every key is built from its public members by name, so that nothing else can get into it.
 *
 * @throws ExplainedFailure for a key that can't be read, for a private key among the further ones, and for two keys under one key ID
 */
export function publishedJwks(
	partner: Pick<Partner, 'partnerId' | 'keyId' | 'privateKey' | 'algorithm'>,
	further: FurtherKey[] = [],
): Jwks {
	const own = publish(publicHalfOf(partner.privateKey, partner.algorithm), keyIdOf(partner));
	const keys = [own];
	for (const key of further.flatMap(readFurtherKey)) {
		const same = keys.find(({ kid }) => kid === key.kid);
		if (!same) keys.push(key);
		else if (JSON.stringify(same) !== JSON.stringify(key)) throw twice(key.kid);
	}
	return { keys };
}

function publish(key: KeyObject, kid: string): PublishedKey {
	const { kty, n, e, crv, x, y } = key.export({ format: 'jwk' });
	if (kty === 'RSA' && n && e) {
		const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
		if (bits < 2048) throw notTaken(`an RSA key of ${bits} bits`);
		return { kty, kid, use: 'sig', alg: 'RS256', n, e };
	}
	if (kty === 'EC' && crv === 'P-256' && x && y) return { kty, kid, use: 'sig', alg: 'ES256', crv, x, y };
	throw notTaken(kty === 'EC' ? `an EC key of the curve ${String(crv)}` : `a key of the type ${String(kty)}`);
}

function readFurtherKey({ publicKey, keyId }: FurtherKey): PublishedKey[] {
	const text = publicKey.trim();
	const ownId = keyId.trim();
	if (text === '') throw furtherFailure('A further key is empty', 'Paste a public key, or remove the entry.');
	if (!text.startsWith('{')) return [publish(readPem(text), ownId || noKeyId())];
	const jwks = readJwks(text);
	if (jwks.length > 1 && ownId !== '') {
		throw furtherFailure(
			'A further key is a set of several keys, but one key ID is given',
			'Leave its Key ID empty: each key of a set brings its own.',
		);
	}
	return jwks.map((jwk) => publish(readJwk(jwk), ownId || (typeof jwk.kid === 'string' && jwk.kid.trim()) || noKeyId()));
}

function readJwks(text: string): JsonObject[] {
	const parsed = parseJson(text);
	const keys = isJsonObject(parsed) && Array.isArray(parsed.keys) ? (parsed.keys as unknown[]) : [parsed];
	if (!keys.every(isJsonObject)) throw unreadable();
	return keys;
}

/** RFC 7518, 6.2.2 and 6.3.2, and the shared secret of 6.4. */
export const privateMembers: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

function readJwk(jwk: JsonObject): KeyObject {
	if (privateMembers.some((member) => jwk[member] !== undefined)) throw isPrivate();
	return attempt(() => createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })) ?? fail(unreadable());
}

/** Far more than a certificate has; searching for the end of each BEGIN takes its time. */
const longestPem = 20_000;

function readPem(text: string): KeyObject {
	const pem = text.replace(/\\[nr]/g, '\n');
	// Node would take the public half of a private key; that it was pasted here must be known, because workflows are not kept secret.
	if (/PRIVATE KEY/.test(pem) || attempt(() => publicHalfOf(text))) throw isPrivate();
	if (pem.length > longestPem) throw unreadable();
	const block = /-----BEGIN ((?:RSA )?PUBLIC KEY|CERTIFICATE)-----([\s\S]*?)-----END \1-----/.exec(pem);
	if (!block) throw unreadable();
	const body = block[2]!.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
	const rewrapped = [`-----BEGIN ${block[1]!}-----`, ...body, `-----END ${block[1]!}-----`].join('\n');
	return attempt(() => createPublicKey(rewrapped)) ?? fail(unreadable());
}

function fail(failure: ExplainedFailure): never {
	throw failure;
}

const furtherFailure = (message: string, hint: string) => new ExplainedFailure(message, { code: 'jwks', hint });
const unreadable = () =>
	furtherFailure(
		'A further key is not a public key that can be read',
		'Paste it whole, as PEM (-----BEGIN PUBLIC KEY-----), as a JWK or as a JWKS.',
	);
const isPrivate = () =>
	furtherFailure(
		'A further key is a private key, and nothing is published',
		'It stands in this workflow, where others can read it: remove it, do not use it any more, and make a new key pair. Only the public half belongs here.',
	);
const notTaken = (what: string) =>
	furtherFailure(`Moca does not take ${what}`, 'It takes RSA keys of 2048 bits or more (RS256) and EC keys of the curve P-256 (ES256).');
const twice = (kid: string) =>
	furtherFailure(`Two different keys have the key ID “${kid}”`, 'Give each key an ID of its own, the one that its tokens carry as kid.');
const noKeyId = () => fail(furtherFailure('A further key has no key ID', 'Enter the kid that tokens signed with it carry.'));
