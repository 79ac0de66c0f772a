import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';

import { checkRecipientEmail } from '../../../../lib/moca/issuing/checks';
import { publishedJwks, type FurtherKey } from '../../../../lib/moca/partner/jwks';
import { signPartnerJwt } from '../../../../lib/moca/partner/partnerJwt';
import { ecKey, everyForm, jwk, pem, privateParts, publicJwk, publicPem, rsaKey } from '../../../support/keys';

const rsa = rsaKey();
const ec = ecKey();
const other = ecKey();
const forms = everyForm(rsa, ec);

const partner = (privateKey = pem(rsa, 'pkcs8'), more: object = {}) => ({
	partnerId: 'partner-1',
	keyId: '',
	privateKey,
	algorithm: 'auto' as const,
	scope: 'issue on-behalf',
	...more,
});
const further = (publicKey: string, keyId = ''): FurtherKey => ({ publicKey, keyId });

describe.each(forms)('%s', (_, key, text) => {
	it('is published with its public members alone', () => {
		const [published] = publishedJwks(partner(text)).keys;
		const kind = key === rsa ? { alg: 'RS256' } : { alg: 'ES256' };
		expect(published).toEqual({ ...publicJwk(key), ...kind, kid: 'partner-1', use: 'sig' });
	});

	it('leaves no byte of a private member in what is published', () => {
		const text_ = JSON.stringify(publishedJwks(partner(text)));
		for (const part of privateParts(key)) expect(text_).not.toContain(part);
	});

	it('verifies what is signed with it', async () => {
		const token = await signPartnerJwt(partner(text), checkRecipientEmail('ada@example.com'), Date.now());
		const jwks = createLocalJWKSet(publishedJwks(partner(text)));
		await expect(jwtVerify(token, jwks)).resolves.toMatchObject({ payload: { email: 'ada@example.com' } });
	});

	it('is refused as a further key, loudly and without being quoted', () => {
		let said = '';
		try {
			publishedJwks(partner(), [further(text, 'next')]);
		} catch (error) {
			said = `${String(error)} ${JSON.stringify((error as { details?: unknown }).details)}`;
		}
		expect(said).toContain('A further key is a private key, and nothing is published');
		for (const part of privateParts(key)) expect(said).not.toContain(part);
	});
});

describe('the key ID', () => {
	it.each([
		['the partner ID, if none is given', '', 'partner-1'],
		['the one of the n8n credential', ' key-2 ', 'key-2'],
	])('is %s', (_, keyId, kid) => expect(publishedJwks(partner(undefined, { keyId })).keys[0]?.kid).toBe(kid));

	it('is the one that tokens carry', async () => {
		const credential = partner(undefined, { keyId: 'key-2' });
		const token = await signPartnerJwt(credential, checkRecipientEmail('ada@example.com'), Date.now());
		const header = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string };
		expect(publishedJwks(credential).keys[0]?.kid).toBe(header.kid);
	});

	it('is missed when there is no partner ID either', () => {
		expect(() => publishedJwks(partner(undefined, { partnerId: ' ' }))).toThrow('has no partner ID');
	});
});

describe('a further key', () => {
	const kids = (keys: FurtherKey[]) => publishedJwks(partner(), keys).keys.map(({ kid }) => kid);

	it.each([
		['PEM', further(publicPem(other), 'next')],
		['PEM with \\n written out', further(publicPem(other).replace(/\n/g, '\\n'), 'next')],
		['PEM with blanks for line ends', further(publicPem(other).replace(/\n/g, ' '), 'next')],
		['JWK with its own ID', further(JSON.stringify({ ...publicJwk(other), kid: 'next' }))],
		['JWK with an ID beside it', further(JSON.stringify(publicJwk(other)), 'next')],
		['JWKS', further(JSON.stringify({ keys: [{ ...publicJwk(other), kid: 'next', use: 'sig', alg: 'ES256' }] }))],
	])('comes as %s', (_, key) => {
		expect(publishedJwks(partner(), [key]).keys[1]).toEqual({ ...publicJwk(other), kid: 'next', use: 'sig', alg: 'ES256' });
	});

	it('may be what this JWKS was before: nothing stands in it twice', () => {
		const before = JSON.stringify(publishedJwks(partner()));
		expect(kids([further(before), further(publicPem(other), 'next')])).toEqual(['partner-1', 'next']);
	});

	it('keeps no member that nobody knows', () => {
		const odd = { ...publicJwk(other), kid: 'next', x5c: ['x'], note: 'hidden' };
		expect(Object.keys(publishedJwks(partner(), [further(JSON.stringify(odd))]).keys[1]!).sort()).toEqual(
			['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'].sort(),
		);
	});

	it('lets old and new tokens verify while both are served', async () => {
		const old = partner(pem(rsa, 'pkcs8'), { keyId: 'old' });
		const next = partner(pem(other, 'pkcs8'), { keyId: 'new' });
		const sign = (credential: typeof old) => signPartnerJwt(credential, checkRecipientEmail('ada@example.com'), Date.now());
		const beforeChange = createLocalJWKSet(publishedJwks(old, [further(publicPem(other), 'new')]));
		const afterChange = createLocalJWKSet(publishedJwks(next, [further(publicPem(rsa), 'old')]));
		for (const jwks of [beforeChange, afterChange]) {
			for (const token of [await sign(old), await sign(next)]) await expect(jwtVerify(token, jwks)).resolves.toBeDefined();
		}
	});

	it.each<[string, FurtherKey, string]>([
		['nothing', further('  ', 'next'), 'A further key is empty'],
		['no key ID', further(publicPem(other)), 'A further key has no key ID'],
		['a word', further('hello', 'next'), 'is not a public key that can be read'],
		['a cut-off PEM', further(publicPem(other).slice(0, 60), 'next'), 'is not a public key that can be read'],
		['a cut-off JWK', further('{"kty":"EC","crv":', 'next'), 'is not a public key that can be read'],
		['the key ID of another key', further(publicPem(other), 'partner-1'), 'Two different keys have the key ID “partner-1”'],
		['a shared secret', further('{"kty":"oct","k":"c2VjcmV0"}', 'next'), 'is a private key'],
		[
			'a JWKS with one private key',
			further(JSON.stringify({ keys: [{ ...publicJwk(ec), kid: 'a' }, JSON.parse(jwk(other))] })),
			'is a private key',
		],
		['an ID for several keys', further(JSON.stringify({ keys: [publicJwk(ec), publicJwk(other)] }), 'next'), 'is a set of several keys'],
		['another curve', further(publicPem(createPrivateKey(p384())), 'next'), 'an EC key of the curve P-384'],
		['a short RSA key', further(publicPem(createPrivateKey(rsa1024())), 'next'), 'an RSA key of 1024 bits'],
		['another type', further(publicPem(createPrivateKey(ed25519())), 'next'), 'a key of the type OKP'],
	])('with %s is refused', (_, key, message) => expect(() => publishedJwks(partner(), [key])).toThrow(message));
});

it.each([
	['', 'There is no private key'],
	['hello', 'is not a key that can be read'],
])('says what is wrong with the partner’s own key %p', (text, message) => expect(() => publishedJwks(partner(text))).toThrow(message));

function p384(): string {
	return pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, 'pkcs8');
}
function rsa1024(): string {
	return pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'pkcs8');
}
function ed25519(): string {
	return pem(generateKeyPairSync('ed25519').privateKey, 'pkcs8');
}
