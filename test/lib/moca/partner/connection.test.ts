import { ConnectionFailure, type HttpRequest, type HttpResponse } from '../../../../lib/http/types';
import { checkConnection } from '../../../../lib/moca/partner/connection';
import { readPartnerSettings } from '../../../../lib/moca/partner/settings';
import { failureOf } from '../../../support/failures';
import { answer } from '../../../support/fakes';
import { ecKey, pem, publicJwk } from '../../../support/keys';

const noKeySet = { status: 404, text: '', isTooLong: false };
const settings = readPartnerSettings({
	environment: 'custom',
	apiBaseUrl: 'https://api.example.com/v1',
	partnerId: ' partner-1 ',
	keyId: 'key-1',
	issuerDid: 'did:web:issuer.example.com',
	testEmail: 'test@example.com',
});

/** Tests a connection whose calls are answered so, the last for ever: status, unsigned status, issue. And what was asked. */
function test(replies: Array<HttpResponse | Error>, changes: Partial<typeof settings> = {}) {
	const requests: HttpRequest[] = [];
	const transport = async (request: HttpRequest) => {
		requests.push(request);
		const reply = replies[Math.min(requests.length, replies.length) - 1]!;
		return reply instanceof Error ? await Promise.reject(reply) : reply;
	};
	const result = checkConnection({ ...settings, ...changes }, transport, 'Check the address.', async () => noKeySet);
	return { result, requests };
}

const unknownHash = answer(404);
const refusesUnsigned = answer(401);
const said = (status: number, message: string) => answer(status, { error: status, message });

describe('a connection that works', () => {
	it.each([400, 404, 422])('is one where an issue call without a program fails for that alone (%d)', async (status) => {
		const { result, requests } = test([unknownHash, refusesUnsigned, answer(status)]);
		expect(await result).toBe('Connection successful: the key is accepted, and this partner may issue');
		expect(requests.map(({ method, url, signFor }) => [method, url, signFor?.recipientEmail])).toEqual([
			['GET', 'https://api.example.com/v1/credentials/status', 'test@example.com'],
			['GET', 'https://api.example.com/v1/credentials/status', undefined],
			['POST', 'https://api.example.com/v1/credentials/issue-on-behalf', 'test@example.com'],
		]);
		expect(requests[0]!.query).toEqual({ coreClaimHash: '0'.repeat(64) });
	});

	it('is tested with a request that can issue nothing, and revoke nothing, and is sent once', async () => {
		const { result, requests } = test([unknownHash, refusesUnsigned, answer(400)]);
		await result;
		expect(requests[2]).toMatchObject({
			body: { issuerDid: 'did:web:issuer.example.com', credentialId: '', credentialSubject: {}, onDuplicate: 'ignore' },
			repeat: 'unprocessed',
		});
	});

	it('needs no issuer DID', async () => {
		const { result, requests } = test([unknownHash, refusesUnsigned, answer(400)], { issuerDid: ' ' });
		await result;
		expect(requests[2]!.body).toMatchObject({ issuerDid: '' });
	});
});

describe('one that does not says why', () => {
	it.each([
		['kid not found', 'Unknown key ID: the JWKS registered with Moca has no key “key-1”', /kid of your published key/],
		['no matching key', 'Unknown key ID', /publish the key/],
		['invalid signature', 'Wrong key: the private key is not the counterpart of the key published as “key-1” in your JWKS', /public half/],
		['unknown partner', 'Moca does not know the partner ID “partner-1” in this environment', /Check the partner ID/],
	])('401, “%s”: %s', async (words, problem, hint) => {
		const { result, requests } = test([said(401, words)]);
		const { message, details } = await failureOf(result);
		expect(message).toContain(problem);
		expect(details.hint).toMatch(hint);
		expect(details.hint).toMatch(`Moca says: ${words}.`);
		expect(requests).toHaveLength(1);
	});

	it('names the key by the partner ID where it has no ID of its own', async () => {
		expect((await failureOf(test([said(401, 'kid not found')], { keyId: ' ' }).result)).message).toMatch('no key “partner-1”');
	});

	it.each([
		[403, 'The key is accepted, but this partner may not issue', /Switch on Issue on Behalf/],
		[429, 'Moca could not answer now (HTTP 429)', /Test again in a few minutes/],
		[500, 'Moca could not answer now (HTTP 500)', /Test again in a few minutes/],
		[503, 'Moca could not answer now (HTTP 503)', /Test again in a few minutes/],
	])('%d, of the first call or the last: %s', async (status, problem, hint) => {
		for (const replies of [[answer(status)], [unknownHash, refusesUnsigned, answer(status)]]) {
			const { message, details } = await failureOf(test(replies).result);
			expect(message).toBe(problem);
			expect(details.hint).toMatch(hint);
		}
	});

	it.each([200, 302, 418])('an issue call without a program that is answered with %d was not answered by Moca', async (status) => {
		const { message } = await failureOf(test([unknownHash, refusesUnsigned, answer(status)]).result);
		expect(message).toBe(`Something at https://api.example.com/v1 answered with HTTP ${status}, which Moca’s API would not`);
	});

	it('an address that does not ask for a signature is not that of Moca’s API; nothing more is sent there', async () => {
		const { result, requests } = test([answer(404), answer(404)]);
		expect((await failureOf(result)).message).toBe('There is no Moca API at https://api.example.com/v1');
		expect(requests).toHaveLength(2);
	});

	it('an address where nobody answers', async () => {
		const { message } = await failureOf(test([new ConnectionFailure('ECONNREFUSED')]).result);
		expect(message).toBe('Moca could not be reached at https://api.example.com/v1 (ECONNREFUSED)');
	});

	it.each([
		[{ testEmail: ' ' }, 'The test has no email address'],
		[{ testEmail: 'nobody' }, '“nobody” is not an email address'],
		[{ issuerDid: 'air:id' }, '“air:id” is not an issuer DID'],
	])('settings that are none (%j), before anything is sent', async (changes, message) => {
		const { result, requests } = test([], changes);
		expect((await failureOf(result)).message).toBe(message);
		expect(requests).toEqual([]);
	});

	it('what else goes wrong passes as it is, such as a key that cannot sign', async () => {
		await expect(test([new TypeError('no key')]).result).rejects.toThrow(TypeError);
	});
});

describe('a scope that is refused', () => {
	/** A service that takes these scopes alone, and how it refuses others. */
	function service(taken: readonly string[], refusal: HttpResponse, changes: Partial<typeof settings> = {}) {
		const requests: HttpRequest[] = [];
		const transport = async (request: HttpRequest) => {
			requests.push(request);
			if (!request.signFor) return refusesUnsigned;
			if (!taken.includes(request.signFor.scope ?? changes.scope ?? settings.scope)) return refusal;
			return request.method === 'GET' ? unknownHash : answer(400);
		};
		const result = checkConnection({ ...settings, ...changes }, transport, 'Check the address.', async () => noKeySet);
		return { result, requests };
	}

	it.each([
		['named as such', said(401, 'scope issue on-behalf is not accepted')],
		['not named', said(401, 'Invalid x-partner-auth')],
		['taken for a missing permission', said(403, 'issueOnBehalf is not allowed')],
	])(
		'and %s: the other documented one is tried, and if it works, the test fails with it, because the nodes use the one that is set',
		async (_, no) => {
			const { result, requests } = service(['issue'], no);
			const { message, details } = await failureOf(result);
			expect(message).toBe('This works with the scope “issue”, and not with “issue on-behalf”');
			expect(details.hint).toBe('Enter issue as Scope.');
			expect(requests).toHaveLength(4);
		},
	);

	it('of one’s own has both documented ones tried, the newer first', async () => {
		expect((await failureOf(service(['issue', 'issue on-behalf'], answer(401), { scope: 'verify' }).result)).message).toBe(
			'This works with the scope “issue on-behalf”, and not with “verify”',
		);
		const { result, requests } = service(['issue'], answer(401), { scope: 'verify' });
		expect((await failureOf(result)).message).toBe('This works with the scope “issue”, and not with “verify”');
		expect(requests.map(({ signFor }) => signFor?.scope)).toEqual([undefined, 'issue on-behalf', 'issue', undefined, 'issue']);
	});

	it('as the other is, is told as that', async () => {
		const { result, requests } = service([], said(401, 'bad scope'));
		const { message, details } = await failureOf(result);
		expect(message).toBe('Moca does not take the scope “issue on-behalf”');
		expect(details.hint).toBe('It does not take “issue” either. Moca’s documents name no other: ask Moca’s support. Moca says: bad scope.');
		expect(requests).toHaveLength(2);
	});

	it.each([
		['a 401', said(401, 'Invalid x-partner-auth'), 'Moca did not accept the signature', /JWKS address.*“key-1”.*public half/],
		['a 403', said(403, 'not allowed'), 'The key is accepted, but this partner may not issue', /Switch on Issue on Behalf/],
	])('as the other is, by %s that may be for anything else, says that it isn’t the scope alone', async (_, no, problem, hint) => {
		const { message, details } = await failureOf(service([], no).result);
		expect(message).toBe(problem);
		expect(details.hint).toMatch(hint);
		expect(details.hint).toContain('With the scope “issue” it is refused too.');
	});

	it('of one’s own, as both documented ones are, names both', async () => {
		const byScope = await failureOf(service([], said(401, 'bad scope'), { scope: 'verify' }).result);
		expect(byScope.details.hint).toMatch(/^It does not take “issue on-behalf” or “issue” either\./);
		const byPermission = await failureOf(service([], said(403, 'no'), { scope: 'verify' }).result);
		expect(byPermission.details.hint).toContain('With the scope “issue on-behalf” or “issue” it is refused too.');
	});

	it('of which Moca says so, with no clear answer to the other, says what to try', async () => {
		const { result } = test([said(401, 'bad scope'), answer(503)]);
		expect((await failureOf(result)).details.hint).toMatch(/^Try “issue on-behalf”, or “issue”\./);
	});

	it('is no reason to say anything of the other when that one got no clear answer', async () => {
		const { result } = test([said(403, 'not allowed'), answer(503)]);
		expect((await failureOf(result)).details.hint).not.toContain('refused too');
	});

	it('is not looked for where Moca names another cause', async () => {
		const { result, requests } = test([said(401, 'kid not found')]);
		await failureOf(result);
		expect(requests).toHaveLength(1);
	});

	it('has nothing issued by trying: each issue call is one that can’t succeed', async () => {
		const { result, requests } = service(['issue'], said(403, 'no'), { issuerDid: 'did:web:x' });
		await failureOf(result);
		const bodies = requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
		expect(bodies).toEqual([{ issuerDid: 'did:web:x', credentialId: '', credentialSubject: {}, onDuplicate: 'ignore' }]);
	});
});

describe('with the JWKS address', () => {
	const key = ecKey();
	const jwksUrl = 'https://keys.example.com/jwks.json';
	const served = { ...publicJwk(key), kid: 'key-1', use: 'sig', alg: 'ES256' };
	const own = { ...settings, jwksUrl, privateKey: pem(key, 'pkcs8') };

	const testWith = (reply: HttpResponse, keys: unknown[] = [served]) => {
		const requests: HttpRequest[] = [];
		const transport = async (request: HttpRequest) => {
			requests.push(request);
			return reply;
		};
		const fetchKeySet = async () => ({ status: 200, text: JSON.stringify({ keys }), isTooLong: false });
		return { result: checkConnection(own, transport, 'Check the address.', fetchKeySet), requests };
	};

	it('of blanks alone there is nothing to look at', async () => {
		expect(await test([unknownHash, refusesUnsigned, answer(400)], { jwksUrl: ' ' }).result).toMatch(/^Connection successful/);
	});

	it('what is wrong there is told before Moca is asked', async () => {
		const { result, requests } = testWith(answer(400), []);
		expect((await failureOf(result)).message).toBe('Unknown key ID: the JWKS at https://keys.example.com/jwks.json has no key “key-1”');
		expect(requests).toEqual([]);
	});

	it.each(['kid not found', 'invalid signature', 'alg ES256 does not fit the key'])(
		'“%s”, where the right key is there, is told as Moca looking elsewhere',
		async (words) => {
			const { details } = await failureOf(testWith(said(401, words)).result);
			expect(details.hint).toMatch(
				/^The JWKS at https:\/\/keys\.example\.com\/jwks\.json has the right key.*Compare the JWKS URL in the Moca dashboard/,
			);
		},
	);

	it('a refusal without a cause is not told as one of the key that was found in order', async () => {
		const { details } = await failureOf(testWith(said(401, 'Invalid x-partner-auth')).result);
		expect(details.hint).toMatch(/has the right key\. Check, in this order: this very address is registered/);
	});

	it('without it, a key that Moca does not find is told with where to enter it', async () => {
		const { details } = await failureOf(test([said(401, 'kid not found')]).result);
		expect(details.hint).toContain('Enter the address of your JWKS as JWKS URL, and this test reads it.');
	});
});

it('a key of another kind than the published one is a wrong key, with what it signs', async () => {
	const { result } = test([said(401, 'JWT alg ES256 does not fit the key published under this kid')], {
		privateKey: pem(ecKey(), 'pkcs8'),
	});
	expect((await failureOf(result)).message).toBe(
		'Wrong key: the private key signs with ES256, which does not fit the key published as “key-1” in your JWKS',
	);
});
