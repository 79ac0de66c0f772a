import { ConnectionFailure } from '../../../../lib/http/types';
import { checkServedKey } from '../../../../lib/moca/partner/servedKey';
import type { FetchedText } from '../../../../lib/moca/partner/servedKeySet';
import { readPartnerSettings } from '../../../../lib/moca/partner/settings';
import { failureOf } from '../../../support/failures';
import { ecKey, pem, privateParts, publicJwk, rsaKey } from '../../../support/keys';

const rsa = rsaKey();
const ec = ecKey();
const at = 'https://keys.example.com/jwks.json';

const settings = (changes: Record<string, string> = {}) =>
	readPartnerSettings({ partnerId: 'partner-1', privateKey: pem(rsa, 'pkcs8'), jwksUrl: at, ...changes });
const served = (key = rsa, more: Record<string, unknown> = {}) => ({ ...publicJwk(key), kid: 'partner-1', ...more });
const found = (body: unknown): FetchedText => ({
	status: 200,
	text: typeof body === 'string' ? body : JSON.stringify(body),
	isTooLong: false,
});

const look = (body: unknown, changes: Record<string, string> = {}) => checkServedKey(settings(changes), async () => found(body));
const flaw = async (body: unknown, changes: Record<string, string> = {}) => await failureOf(look(body, changes));

describe('a JWKS in order', () => {
	it.each([
		['with the documented members', [served(rsa, { use: 'sig', alg: 'RS256' })]],
		['without alg and use', [served()]],
		['with other keys beside', [served(ec, { kid: 'next' }), served()]],
	])('%s', async (_, keys) => expect(await look({ keys })).toBe(at));

	it('has the key under the partner ID, or under the Key ID that is set', async () => {
		expect(await look({ keys: [served(rsa, { kid: '2027-01' })] }, { keyId: ' 2027-01 ' })).toBe(at);
	});

	it('may have an EC key', async () => {
		expect(await look({ keys: [served(ec, { alg: 'ES256' })] }, { privateKey: pem(ec, 'sec1') })).toBe(at);
	});

	it.each([
		['an entry that is none', { keys: [null, 'key', served()] }],
		['what only looks like a part of a private key', { keys: [served()], d: 'a member of something else' }],
		['a depth that nobody reads to its end', `{"keys":[${JSON.stringify(served())}],"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
	])('may have beside it %s', async (_, body) => expect(await look(body)).toBe(at));

	it('is named without the query of its address', async () => {
		const asked: string[] = [];
		const shown = await checkServedKey(settings({ jwksUrl: ` ${at}?for=moca ` }), async (url) => {
			asked.push(url);
			return found({ keys: [served()] });
		});
		expect({ shown, asked }).toEqual({ shown: at, asked: [`${at}?for=moca`] });
	});

	it.each(['http://127.0.0.1:8080/jwks.json', 'http://localhost/jwks.json'])(
		'may be on this machine, by plain http: %s',
		async (jwksUrl) => {
			expect(await look({ keys: [served()] }, { jwksUrl })).toBe(jwksUrl);
		},
	);
});

describe('an address that is none is told before anything is asked', () => {
	it.each([
		['jwks.json', 'The JWKS URL “jwks.json” is not a web address'],
		['ftp://keys.example.com/', 'is not a web address'],
		['https://name@keys.example.com/', 'is not a web address'],
		['https://:word@keys.example.com/', 'is not a web address'],
		['http://keys.example.com/jwks.json', 'The JWKS URL http://keys.example.com is not https'],
	])('%s', async (jwksUrl, message) => {
		const fetchKeySet = jest.fn<Promise<FetchedText>, [string]>();
		expect((await failureOf(checkServedKey(settings({ jwksUrl }), fetchKeySet))).message).toContain(message);
		expect(fetchKeySet).not.toHaveBeenCalled();
	});
});

describe('what is no JWKS says what it is instead', () => {
	const answered = async (answer: Partial<FetchedText>) =>
		await failureOf(checkServedKey(settings(), async () => ({ ...found({ keys: [served()] }), ...answer })));

	it.each(['ENOTFOUND', 'ETIMEDOUT'])('when nobody answers (%s): also how to leave this part of the test out', async (code) => {
		const { message, details } = await failureOf(checkServedKey(settings(), () => Promise.reject(new ConnectionFailure(code))));
		expect(message).toBe(`Your JWKS could not be fetched at ${at} (${code})`);
		expect(details.hint).toContain('leave JWKS URL empty');
	});

	it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
		'when the certificate is not accepted (%s)',
		async (code) => {
			const { message } = await failureOf(checkServedKey(settings(), () => Promise.reject(new ConnectionFailure(code))));
			expect(message).toBe(`The certificate of ${at} is not accepted (${code})`);
		},
	);

	it.each([400, 401, 404, 500])('when it answers with HTTP %d', async (status) => {
		const { message, details } = await answered({ status });
		expect(message).toBe(`There is no JWKS at ${at}: it answers with HTTP ${status}`);
		expect(details.hint).toContain('Production URL');
	});

	it.each([300, 302, 308])('when it points elsewhere, where nobody follows (%d)', async (status) => {
		expect((await answered({ status })).message).toBe(`The JWKS URL ${at} points elsewhere (HTTP ${status})`);
	});

	it('when there is too much of it', async () => {
		expect((await answered({ isTooLong: true })).message).toBe(`What is at ${at} is too long for a JWKS`);
	});

	it.each(['<html>Sign in</html>', '', '{"keys":['])('when it is not JSON: %j', async (text) => {
		expect((await flaw(text)).message).toBe(`What is at ${at} is not JSON`);
	});

	it.each([[{}], [[]], [null], [{ keys: {} }], [publicJwk(rsa)]])('when it has no list of keys: %#', async (body) => {
		const { message, details } = await flaw(body);
		expect(message).toBe(`What is at ${at} is not a JWKS: it has no list “keys”`);
		expect(details.hint).toContain('{"keys": [ … ]}');
	});
});

describe('a key ID that is not there', () => {
	it('says which are', async () => {
		const { message, details } = await flaw({ keys: [served(ec, { kid: 'a' }), served(ec, { kid: 'b' }), publicJwk(ec)] });
		expect(message).toBe(`Unknown key ID: the JWKS at ${at} has no key “partner-1”`);
		expect(details.hint).toMatch(/^It has “a”, “b”, one without kid\. Enter the kid of your published key as Key ID/);
	});

	it('says so of an empty set', async () => {
		expect((await flaw({ keys: [] })).details.hint).toMatch(/^It is empty\./);
	});

	it('says which to enter where the right key is there under another', async () => {
		const { details } = await flaw({ keys: [served(ec, { kid: 'a' }), served(rsa, { kid: 'mine' })] });
		expect(details.hint).toBe('It has “a”, “mine”. The right key is there as “mine”: enter that as Key ID.');
	});

	it('names no more than ten, each shortened', async () => {
		const keys = Array.from({ length: 12 }, (_, index) => ({ ...publicJwk(ec), kid: `${index}-${'x'.repeat(100)}` }));
		const { details } = await flaw({ keys });
		expect(details.hint).toMatch(/“9-x+…” and 2 more\./);
		expect((await flaw({ keys: keys.slice(0, 10) })).details.hint).toMatch(/“9-x+…”\. Enter/);
		expect(details.hint).not.toContain('x'.repeat(61));
	});

	it('that two keys have is told, because which of them counts is not documented', async () => {
		expect((await flaw({ keys: [served(ec), served()] })).message).toBe(`2 keys have the key ID “partner-1” at ${at}`);
	});
});

describe('a key that is another', () => {
	it('of the same kind is a wrong key', async () => {
		const { message } = await flaw({ keys: [served(rsaKey())] });
		expect(message).toBe(`Wrong key: the private key is not the counterpart of “partner-1” at ${at}`);
	});

	it('of another kind is a wrong key, with both kinds', async () => {
		expect((await flaw({ keys: [served(ec)] })).message).toBe(
			`Wrong key: “partner-1” at ${at} is an EC key, and the private key here is an RSA key (RS256)`,
		);
		expect((await flaw({ keys: [served()] }, { privateKey: pem(ec, 'pkcs8') })).message).toBe(
			`Wrong key: “partner-1” at ${at} is an RSA key, and the private key here is an EC key (ES256)`,
		);
	});

	it('says under which ID the right one is', async () => {
		const { details } = await flaw({ keys: [served(rsaKey()), served(rsa, { kid: 'mine' })] });
		expect(details.hint).toBe('The right key is there as “mine”: enter that as Key ID.');
	});

	it('of which a part is missing can’t be read', async () => {
		expect((await flaw({ keys: [{ kty: 'RSA', kid: 'partner-1', e: 'AQAB' }] })).message).toContain('is not a public key that can be read');
	});
});

it.each(['RS384', 'ES256', 'none', 7])('an alg that tokens are not signed with: %p', async (alg) => {
	const { message, details } = await flaw({ keys: [served(rsa, { alg })] });
	expect(message).toBe(`The key “partner-1” at ${at} has the alg “${alg}”, and tokens are signed with RS256`);
	expect(details.hint).toBe('Publish it with "alg": "RS256".');
});

it('a use that is not for signatures', async () => {
	expect((await flaw({ keys: [served(rsa, { use: 'enc' })] })).message).toBe(
		`The key “partner-1” at ${at} has the use “enc”, which is not for signatures`,
	);
});

describe('a private key that is public', () => {
	const privateRsa = rsa.export({ format: 'jwk' });
	const privateEc = ec.export({ format: 'jwk' });
	const isPublic = `Your private key is public at ${at}: take it down and make a new one`;

	it.each<[string, unknown]>([
		['the partner’s own', { keys: [{ ...privateRsa, kid: 'partner-1' }] }],
		['another, beside a right one', { keys: [served(), { ...privateEc, kid: 'next' }] }],
		['one by itself, not in a set', privateRsa],
		['one in a set within something else', { data: { keys: [privateEc] } }],
		['a shared secret', { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'x' }] }],
		['one as PEM', pem(rsa, 'pkcs8')],
		['one as PEM within JSON', { key: pem(ec, 'sec1') }],
	])('is told before all else: %s', async (_, body) => {
		const { message, details } = await flaw(body);
		expect(message).toBe(isPublic);
		expect(details.hint).toContain('Make a new key pair, publish its public half alone');
	});

	it('as PEM has no members to name, and without kid no name', async () => {
		expect((await flaw(pem(rsa, 'pkcs8'))).details.hint).toMatch(/^Whoever has read it can issue in your name/);
		expect((await flaw(privateEc)).details).toMatchObject({
			code: 'jwks',
			hint: expect.stringMatching(/^A key without kid has the private member “d”\./) as string,
		});
	});

	it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])('is known by %s alone', async (member) => {
		const { message, details } = await flaw({ keys: [served(rsa, { [member]: 'AQAB' })] });
		expect(message).toBe(isPublic);
		expect(details.hint).toContain(`The key “partner-1” has the private member “${member}”.`);
	});

	it('is named by its ID and the names of its private members, never by what is in them', async () => {
		const { message, details } = await flaw({ keys: [{ ...privateRsa, kid: 'partner-1' }] });
		expect(details.hint).toContain('The key “partner-1” has the private members “d”, “p”, “q”, “dp”, “dq”, “qi”.');
		expect(privateParts(rsa).filter((part) => `${message}${details.hint}`.includes(part))).toEqual([]);
	});
});
