import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { importJWK, type CryptoKey } from 'jose';

import { ExplainedFailure } from '../../http/explained';
import { attempt } from '../../values/attempt';
import { isJsonObject, parseJson } from '../../values/json';

export type Algorithm = 'RS256' | 'ES256';

export interface SigningKey {
	/** Not extractable: it can sign, and nothing can read it back. */
	key: CryptoKey;
	algorithm: Algorithm;
}

/**
 * A key to sign with, from any form people paste: PEM (PKCS#8, PKCS#1, SEC1; also with `\n` written out, with blanks for line ends, or
 * without its frame), base64 of a whole PEM or JWK, or a private JWK.
 *
 * @param wanted `auto` takes the algorithm that fits the key
 * @throws ExplainedFailure that says what was pasted instead; it never quotes the text
 */
export async function parsePrivateKey(text: string, wanted: 'auto' | Algorithm = 'auto'): Promise<SigningKey> {
	const { key, algorithm } = readChecked(text, wanted);
	return { key: (await importJWK(key.export({ format: 'jwk' }), algorithm)) as CryptoKey, algorithm };
}

/** The public half of a key that {@link parsePrivateKey} takes; throws as that does. */
export const publicHalfOf = (text: string, wanted: 'auto' | Algorithm = 'auto'): KeyObject =>
	createPublicKey(readChecked(text, wanted).key);

/** The algorithm that such a key signs with; throws as {@link parsePrivateKey} does. */
export const algorithmFor = (text: string, wanted: 'auto' | Algorithm = 'auto'): Algorithm => readChecked(text, wanted).algorithm;

function readChecked(text: string, wanted: 'auto' | Algorithm): { key: KeyObject; algorithm: Algorithm } {
	if (text.length > longestKey) throw notAKey();
	const key = readKey(text.trim().replace(/^(["'])([\s\S]*)\1$/, '$2'));
	const algorithm = algorithmOf(key);
	if (wanted !== 'auto' && wanted !== algorithm) {
		throw keyFailure(
			`The private key is for ${algorithm}, but ${wanted} is chosen`,
			`Set Algorithm to Auto or ${algorithm}, or paste ${wanted === 'RS256' ? 'an RSA key' : 'an EC key of the curve P-256'}.`,
		);
	}
	return { key, algorithm };
}

/** An RSA key of 16,384 bits as PEM, and that as Base64, has about 17,000 characters; searching for the end of each BEGIN takes its time. */
const longestKey = 20_000;

const remembered = new Map<string, Promise<SigningKey>>();
const mostRemembered = 16;

/** Like {@link parsePrivateKey}, parsing the same text only once while it is in use: parsing costs more than signing does. */
export function signingKeyFor(text: string, wanted: 'auto' | Algorithm): Promise<SigningKey> {
	const id = createHash('sha256').update(`${wanted}\n${text}`).digest('base64');
	let key = remembered.get(id);
	if (!key) {
		key = parsePrivateKey(text, wanted);
		key.catch(() => remembered.delete(id));
		const oldest = remembered.keys().next();
		if (remembered.size >= mostRemembered && !oldest.done) remembered.delete(oldest.value);
		remembered.set(id, key);
	}
	return key;
}

function algorithmOf(key: KeyObject): Algorithm {
	if (key.asymmetricKeyType === 'rsa') {
		const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
		// RFC 7518, 3.3.
		if (bits < 2048) throw keyFailure(`The RSA key has ${bits} bits, RS256 needs 2048 or more`, makeOne);
		return 'RS256';
	}
	if (key.asymmetricKeyType === 'ec') {
		const curve = key.asymmetricKeyDetails?.namedCurve ?? 'unknown';
		if (curve !== 'prime256v1') throw keyFailure(`The EC key is of the curve ${curve}, ES256 needs P-256 (prime256v1)`, makeOne);
		return 'ES256';
	}
	throw keyFailure(`Moca does not take keys of the type ${String(key.asymmetricKeyType)}`, makeOne);
}

function readKey(text: string, unwrap = true): KeyObject {
	if (text === '') throw keyFailure('There is no private key', 'Paste the private key whose public half is in your registered JWKS.');
	if (text.startsWith('{')) return readJwk(text);
	if (text.includes('-----BEGIN')) return readPem(text);
	const bytes = decodeBase64(text);
	if (!bytes) throw notAKey();
	const inner = bytes.toString('latin1').trim();
	if (unwrap && (inner.startsWith('{') || inner.startsWith('-----BEGIN'))) return readKey(inner, false);
	return readDer(bytes, ['pkcs8', 'pkcs1', 'sec1']);
}

const pemTypes = new Map<string, 'pkcs8' | 'pkcs1' | 'sec1'>([
	['PRIVATE KEY', 'pkcs8'],
	['RSA PRIVATE KEY', 'pkcs1'],
	['EC PRIVATE KEY', 'sec1'],
]);

function readPem(text: string): KeyObject {
	const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)];
	// `openssl ecparam -genkey` puts a block of parameters before the key.
	const block = blocks.find(([, label]) => label?.endsWith('PRIVATE KEY')) ?? blocks[0];
	if (!block) throw keyFailure('The private key is cut off', 'Copy it whole, from the line with BEGIN to the line with END.');
	const [, label = '', body = ''] = block;
	if (label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type:.*ENCRYPTED/.test(body)) throw encrypted();
	if (label === 'OPENSSH PRIVATE KEY') {
		throw keyFailure(
			'This is an SSH key in OpenSSH’s own form',
			'Convert a copy with: ssh-keygen -p -m PKCS8 -f COPY (or make a new key).',
		);
	}
	if (label.endsWith('PUBLIC KEY') || label === 'CERTIFICATE') throw publicHalf();
	const type = pemTypes.get(label);
	const bytes = decodeBase64(body);
	if (!type || !bytes) throw notAKey();
	return readDer(bytes, [type]);
}

function readDer(bytes: Buffer, types: Array<'pkcs8' | 'pkcs1' | 'sec1'>): KeyObject {
	for (const type of types) {
		const key = attempt(() => createPrivateKey({ key: bytes, format: 'der', type }));
		if (key) return key;
	}
	if (
		attempt(() => createPublicKey({ key: bytes, format: 'der', type: 'spki' })) ||
		attempt(() => createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' }))
	) {
		throw publicHalf();
	}
	if (isEncryptedPkcs8(bytes)) throw encrypted();
	throw notAKey();
}

function readJwk(text: string): KeyObject {
	const jwk = parseJson(text);
	if (!isJsonObject(jwk))
		throw keyFailure('The private key is not valid JSON', 'Paste the whole private JWK, from { to }, or the key as PEM.');
	if (Array.isArray(jwk.keys))
		throw keyFailure('This is a set of keys (JWKS)', 'Paste one private key: a JWK with the member “d”, or the key as PEM.');
	if (typeof jwk.kty === 'string' && jwk.d === undefined) throw publicHalf();
	const key = attempt(() => createPrivateKey({ key: jwk, format: 'jwk' }));
	if (!key) throw notAKey();
	return key;
}

/** EncryptedPrivateKeyInfo names PBES2 (1.2.840.113549.1.5.13) near its start. */
const isEncryptedPkcs8 = (bytes: Buffer) => bytes.subarray(0, 40).includes(Buffer.from('06092a864886f70d01050d', 'hex'));

function decodeBase64(text: string): Buffer | undefined {
	const body = text.replace(/\\[nrt]/g, '').replace(/\s+/g, '');
	return body.length > 20 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(body) ? Buffer.from(body, 'base64') : undefined;
}

const makeOne =
	'Make one with: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 (RS256), and publish its public half in your JWKS.';
const keyFailure = (message: string, hint: string) => new ExplainedFailure(message, { code: 'private_key', hint });
const notAKey = () =>
	keyFailure(
		'The private key is not a key that can be read',
		'Paste it as PEM, from -----BEGIN to END-----, or as a private JWK. Nothing may be missing or added.',
	);
const publicHalf = () => keyFailure('This is a public key', 'It belongs in your JWKS. Paste the private key that goes with it.');
const encrypted = () =>
	keyFailure(
		'The private key is protected by a passphrase',
		'Take the passphrase off a copy with: openssl pkey -in KEY -out COPY. It is stored encrypted.',
	);
