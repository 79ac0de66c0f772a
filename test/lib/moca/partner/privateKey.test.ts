import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { compactVerify, CompactSign } from 'jose';

import { parsePrivateKey, publicHalfOf } from '../../../../lib/moca/partner/privateKey';
import { failureOf } from '../../../support/failures';
import { bare, base64, ecKey, everyForm, jwk, pem, rsaKey } from '../../../support/keys';
import { linearCpuMs, cpuMsOf } from '../../../support/timing';

const rsa = rsaKey();
const ec = ecKey();

it.each(everyForm(rsa, ec))('reads %s, and signs with it', async (_, original, text) => {
	const { key, algorithm } = await parsePrivateKey(text);
	expect(algorithm).toBe(original === rsa ? 'RS256' : 'ES256');
	const jws = await new CompactSign(Buffer.from('x')).setProtectedHeader({ alg: algorithm }).sign(key);
	await expect(compactVerify(jws, createPublicKey(original))).resolves.toBeDefined();
});

it('gives a key that nothing can read back', async () => {
	const { key } = await parsePrivateKey(pem(rsa, 'pkcs8'));
	expect(key.extractable).toBe(false);
});

it.each([
	['nothing', '', 'There is no private key'],
	['a word', 'hello', 'is not a key that can be read'],
	['base64 of something else', base64('x'.repeat(100)), 'is not a key that can be read'],
	['a damaged PEM', pem(rsa, 'pkcs8').replace(/[A-Z]{2}/, ''), 'is not a key that can be read'],
	['a PEM without its end', pem(rsa, 'pkcs8').slice(0, 300), 'is cut off'],
	['an OpenSSH key', pem(rsa, 'pkcs8').replaceAll('PRIVATE KEY', 'OPENSSH PRIVATE KEY'), 'This is an SSH key in OpenSSH’s own form'],
	['a certificate', pem(rsa, 'pkcs8').replaceAll('PRIVATE KEY', 'CERTIFICATE'), 'This is a public key'],
	['a key of another kind', pem(rsa, 'pkcs8').replaceAll('PRIVATE KEY', 'DSA PRIVATE KEY'), 'is not a key that can be read'],
	['a damaged JWK', JSON.stringify({ kty: 'EC', d: 'x' }), 'is not a key that can be read'],
	[
		'the bare body of a public key in PKCS#1',
		bare(createPublicKey(rsa).export({ format: 'pem', type: 'pkcs1' }) as string),
		'This is a public key',
	],
	['a public key', createPublicKey(rsa).export({ format: 'pem', type: 'spki' }) as string, 'This is a public key'],
	['the bare body of a public key', bare(createPublicKey(ec).export({ format: 'pem', type: 'spki' }) as string), 'This is a public key'],
	['a public JWK', jwk(createPublicKey(ec)), 'This is a public key'],
	['a whole JWKS', JSON.stringify({ keys: [JSON.parse(jwk(createPublicKey(ec)))] }), 'This is a set of keys'],
	['a cut-off JWK', jwk(ec).slice(0, 60), 'is not valid JSON'],
	[
		'an encrypted PKCS#8 key',
		rsa.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }) as string,
		'is protected by a passphrase',
	],
	[
		'the bare body of an encrypted key',
		bare(rsa.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }) as string),
		'is protected by a passphrase',
	],
	[
		'an encrypted PKCS#1 key',
		rsa.export({ format: 'pem', type: 'pkcs1', cipher: 'aes-256-cbc', passphrase: 'x' }) as string,
		'is protected by a passphrase',
	],
	[
		'an EC key of another curve',
		pem(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey, 'sec1'),
		'is of the curve secp384r1',
	],
	['an Ed25519 key', pem(generateKeyPairSync('ed25519').privateKey, 'pkcs8'), 'does not take keys of the type ed25519'],
	['an RSA key too short', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs8'), 'has 1024 bits'],
])('says of %s what it is', async (_, text, message) => {
	const failure = await failureOf(parsePrivateKey(text));
	expect(failure.message).toContain(message);
	expect(failure.details.code).toBe('private_key');
});

it.each([
	['RS256', ec, 'The private key is for ES256, but RS256 is chosen', 'Set Algorithm to Auto or ES256, or paste an RSA key.'],
	[
		'ES256',
		rsa,
		'The private key is for RS256, but ES256 is chosen',
		'Set Algorithm to Auto or RS256, or paste an EC key of the curve P-256.',
	],
] as const)('refuses %s for a key it does not fit', async (algorithm, key, message, hint) => {
	expect(await failureOf(parsePrivateKey(pem(key, 'pkcs8'), algorithm))).toMatchObject({ message, details: { hint } });
});

it.each([
	['RS256', rsa],
	['ES256', ec],
] as const)('takes %s for a key that it fits', async (algorithm, key) => {
	expect((await parsePrivateKey(pem(key, 'pkcs8'), algorithm)).algorithm).toBe(algorithm);
});

it('never quotes what was pasted', async () => {
	const text = pem(rsa, 'pkcs8').slice(0, 700);
	const failure = await parsePrivateKey(text).catch(
		(error: Error & { details?: unknown }) => `${error.message} ${JSON.stringify(error.details)}`,
	);
	expect(failure).not.toContain(text.slice(40, 60));
});

it('does not hold n8n up with a text of many beginnings', () => {
	const text = '-----BEGIN PRIVATE KEY-----'.repeat(40_000);
	expect(cpuMsOf(() => publicHalfOf(text))).toBeLessThan(linearCpuMs);
	expect(() => publicHalfOf(text)).toThrow('The private key is not a key that can be read');
});
