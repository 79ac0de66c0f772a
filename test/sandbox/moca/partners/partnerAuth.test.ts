import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axios from 'axios';
import { exportJWK, exportPKCS8, generateKeyPair, type JWK } from 'jose';
import type { SandboxPartner } from '../../../../sandbox';
import { expectRefusal, issue, issueBody, learner, post, signJwt, status } from '../../../support/sandbox/moca';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();

const now = () => Math.floor(Date.now() / 1000);

describe('the header x-partner-auth', () => {
	it('is required', async () => {
		expectRefusal(await post(sandbox(), issueBody(sandbox()), {}), 401, /Missing x-partner-auth/);
	});

	it('has no Bearer prefix', async () => {
		const token = await signJwt(sandbox(), learner);
		expectRefusal(await post(sandbox(), issueBody(sandbox()), { 'x-partner-auth': `Bearer ${token}` }), 401, /Bearer/);
	});

	it('is a compact JWT', async () => {
		expectRefusal(await post(sandbox(), issueBody(sandbox()), { 'x-partner-auth': 'not-a-jwt' }), 401, /not a compact JWT/);
	});

	it('is required for the status as well', async () => {
		const answer = await axios.get(`${sandbox().moca.apiBaseUrl}/credentials/status`, { validateStatus: () => true });
		expectRefusal(answer, 401, /Missing x-partner-auth/);
	});
});

describe('a JWT is refused with 401 and its cause when', () => {
	it.each([
		['typ is missing', { header: { typ: undefined } }, /typ is missing/],
		['typ is another word', { header: { typ: 'at+jwt' } }, /typ must be JWT/],
		['kid is missing', { header: { kid: undefined } }, /kid is missing/],
		['kid is not in the JWKS', { header: { kid: 'another' } }, /Unknown kid another/],
		['partnerId is missing', { claims: { partnerId: undefined } }, /partnerId is missing/],
		['partnerId is unknown', { claims: { partnerId: 'nobody' } }, /Unknown partnerId nobody/],
		['exp is missing', { claims: { exp: undefined } }, /exp is missing/],
		['exp is no number', { claims: { exp: '2099' } }, /exp is invalid/],
		['it has expired', { claims: { exp: now() - 1 } }, /expired/],
		['scope is missing', { claims: { scope: undefined } }, /scope is missing/],
		['scope is not accepted', { claims: { scope: 'verify' } }, /scope "verify" is not accepted/],
		['email is missing', { claims: { email: undefined } }, /email is missing/],
		['email is malformed', { claims: { email: 'ada' } }, /not an email address/],
	])('%s', async (_cause, signing, message) => {
		expectRefusal(await issue(sandbox(), signing), 401, message);
	});

	it('alg is neither RS256 nor ES256', async () => {
		const [, payload, signature] = (await signJwt(sandbox(), learner)).split('.');
		const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: 'any' })).toString('base64url');
		const token = `${header}.${payload}.${signature}`;
		expectRefusal(await post(sandbox(), issueBody(sandbox()), { 'x-partner-auth': token }), 401, /alg must be RS256 or ES256, got HS256/);
	});

	it('alg does not fit the published key', async () => {
		const partner: SandboxPartner = { ...sandbox().moca.ecPartner, partnerId: sandbox().moca.partner.partnerId };
		const header = { kid: sandbox().moca.partner.keyId };
		expectRefusal(await issue(sandbox(), { partner, header }), 401, /alg ES256 does not fit the key/);
	});

	it('another key signed it', async () => {
		const { privateKey } = await generateKeyPair('RS256', { extractable: true });
		expectRefusal(await issue(sandbox(), { privateKeyPem: await exportPKCS8(privateKey) }), 401, /signature does not verify/);
	});

	it('its payload was changed after signing', async () => {
		const [header, , signature] = (await signJwt(sandbox(), learner)).split('.');
		const [, otherPayload] = (await signJwt(sandbox(), 'mallory@example.com')).split('.');
		const token = [header, otherPayload, signature].join('.');
		expectRefusal(await post(sandbox(), issueBody(sandbox()), { 'x-partner-auth': token }), 401, /signature does not verify/);
	});

	it('it lives longer than a limit that was set', async () => {
		sandbox().moca.settings.maxJwtLifetimeSeconds = 300;
		const answers = [
			await issue(sandbox(), { claims: { iat: now(), exp: now() + 900 } }),
			await issue(sandbox(), { claims: { iat: now(), exp: now() + 300 } }),
		];
		delete sandbox().moca.settings.maxJwtLifetimeSeconds;
		expectRefusal(answers[0]!, 401, /lives longer than 300 s/);
		expect(answers[1]!.status).toBe(200);
	});
});

describe('a clock of its own', () => {
	afterEach(() => {
		const { settings } = sandbox().moca;
		settings.clockAheadSeconds = 0;
		for (const name of ['issuedAtToleranceSeconds', 'dateHeader', 'ageHeader'] as const) delete settings[name];
	});

	it('judges tokens, and stands in Date', async () => {
		sandbox().moca.settings.clockAheadSeconds = 600;
		const answer = await issue(sandbox());
		expectRefusal(answer, 401, /expired/);
		expect(Date.parse(String(answer.headers.date)) - Date.now()).toBeGreaterThan(590_000);
		expect((await issue(sandbox(), { claims: { iat: now() + 600, exp: now() + 900 } })).status).toBe(200);
	});

	it('refuses a token from the future where that is judged', async () => {
		const future = { claims: { iat: now() + 120, exp: now() + 300 } };
		expect((await issue(sandbox(), future)).status).toBe(200);
		sandbox().moca.settings.issuedAtToleranceSeconds = 60;
		expectRefusal(await issue(sandbox(), future), 401, /issued in the future/);
	});

	it.each([
		['', undefined],
		['soon', 'soon'],
	])('may say anything else in Date: %p', async (dateHeader, seen) => {
		Object.assign(sandbox().moca.settings, { dateHeader, ageHeader: '60' });
		const { headers } = await issue(sandbox());
		expect(headers.date).toBe(seen);
		expect(headers.age).toBe('60');
	});
});

it('both documented scopes are accepted, and only those that are set', async () => {
	expect((await issue(sandbox(), { claims: { scope: 'issue' } })).status).toBe(200);
	sandbox().moca.settings.acceptedScopes = ['issue on-behalf'];
	expectRefusal(await issue(sandbox(), { claims: { scope: 'issue' } }), 401, /scope/);
});

it('a 401 hides its cause when messages are generic', async () => {
	sandbox().moca.settings.unauthorizedMessage = 'generic';
	const answer = await issue(sandbox(), { header: { typ: undefined } });
	sandbox().moca.settings.unauthorizedMessage = 'specific';
	expectRefusal(answer, 401, /^Invalid x-partner-auth$/);
});

describe('the JWKS', () => {
	let folder: string;
	const issuerDid = 'did:air:id:test:Registered';
	const partnerId = 'registered-partner';

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'jwks-'));
	});
	afterAll(async () => await rm(folder, { recursive: true }));

	async function newKey(keyId: string): Promise<{ partner: SandboxPartner; publicKey: JWK }> {
		const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
		const partner: SandboxPartner = {
			...sandbox().moca.ecPartner,
			partnerId,
			keyId,
			issuerDid,
			privateKeyPem: await exportPKCS8(privateKey),
		};
		return { partner, publicKey: { ...(await exportJWK(publicKey)), kid: keyId } };
	}

	async function publish(keys: JWK[]): Promise<string> {
		const file = join(folder, 'jwks.json');
		await writeFile(file, JSON.stringify({ keys }));
		return pathToFileURL(file).href;
	}

	it('of the seeded partners has public members only', async () => {
		for (const { jwksUrl, keyId } of [sandbox().moca.partner, sandbox().moca.ecPartner]) {
			const { data } = await axios.get<{ keys: JWK[] }>(jwksUrl);
			expect(data.keys.map(({ kid }) => kid)).toEqual([keyId]);
			const members = data.keys.flatMap((key) => Object.keys(key));
			expect(members.filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].includes(member))).toEqual([]);
		}
	});

	it('of a partner that is not seeded is 404', async () => {
		const answer = await axios.get(`${sandbox().url}/partners/nobody/jwks.json`, { validateStatus: () => true });
		expect(answer.status).toBe(404);
	});

	it('of a registered partner is fetched from where it lies, and fetched again for a rotated key', async () => {
		const [old, rotated] = [await newKey('key-1'), await newKey('key-2')];
		sandbox().moca.registerPartner({ partnerId, issuerDid, jwksUrl: await publish([old.publicKey]) });
		expect((await issue(sandbox(), { partner: old.partner, body: { issuerDid } })).status).toBe(200);
		expectRefusal(await issue(sandbox(), { partner: rotated.partner, body: { issuerDid } }), 401, /Unknown kid key-2/);
		await publish([old.publicKey, rotated.publicKey]);
		expect((await issue(sandbox(), { partner: rotated.partner, body: { issuerDid } })).status).toBe(200);
	});

	it('is kept for a while, and read again when the partner is registered again', async () => {
		const [first, second] = [await newKey('key'), await newKey('key')];
		const registration = { partnerId, issuerDid, jwksUrl: await publish([first.publicKey]) };
		sandbox().moca.registerPartner(registration);
		expect((await issue(sandbox(), { partner: first.partner, body: { issuerDid } })).status).toBe(200);
		await publish([second.publicKey]);
		expectRefusal(await issue(sandbox(), { partner: second.partner, body: { issuerDid } }), 401, /signature does not verify/);
		sandbox().moca.registerPartner(registration);
		expect((await issue(sandbox(), { partner: second.partner, body: { issuerDid } })).status).toBe(200);
	});

	it.each([
		['cannot be reached', 'http://127.0.0.1:9/jwks.json', /JWKS unreachable: it could not be fetched/],
		['is not there', 'SANDBOX/partners/nobody/jwks.json', /JWKS unreachable: it answered HTTP 404/],
		['is no key set', 'SANDBOX/_sandbox/state', /JWKS unreachable: it is not a JSON object with a "keys" array/],
	])('that %s refuses the call with 401', async (_cause, address, message) => {
		const { partner } = await newKey('key-1');
		sandbox().moca.registerPartner({ partnerId, issuerDid, jwksUrl: address.replace('SANDBOX', sandbox().url) });
		expectRefusal(await issue(sandbox(), { partner, body: { issuerDid } }), 401, message);
		expectRefusal(await status(sandbox(), 'unknown'), 404, /No credential/);
	});
});
