import { generateKeyPairSync } from 'node:crypto';
import 'reflect-metadata';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';

import { mocaPartnerApiTest } from '../../../../nodes/Moca/shared/checkCredential';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { defaultMocaSettings } from '../../../../sandbox/moca/settings';
import { partnerCredential } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, defaultMocaSettings());
	delete sandbox.moca.settings.dateHeader;
});

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded after test/support/engine set the environment
const { CredentialTestContext } = require('n8n-core') as { CredentialTestContext: new () => ICredentialTestFunctions };

/** The connection test as n8n runs it, with n8n's own request helper. */
const test = (change: ICredentialDataDecryptedObject = {}) =>
	mocaPartnerApiTest.call(new CredentialTestContext(), {
		id: '1',
		name: 'Moca',
		type: 'mocaPartnerApi',
		data: { ...partnerCredential(sandbox), ...change },
	});

it('says of a good set-up that the key is accepted and this partner may issue, and issues nothing', async () => {
	expect(await test()).toEqual({ status: 'OK', message: 'Connection successful: the key is accepted, and this partner may issue' });
	expect(sandbox.moca.issued()).toEqual([]);
});

it('tells a wrong key', async () => {
	const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
	expect(await test({ privateKey })).toMatchObject({ status: 'Error', message: expect.stringMatching(/^Wrong key/) });
});

it('tells an unknown key ID', async () => {
	expect(await test({ keyId: 'somebody-else' })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/^Unknown key ID: .*“somebody-else”/),
	});
});

it('tells that the partner may not issue', async () => {
	sandbox.moca.settings.featureEnabled = false;
	expect(await test()).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/^The key is accepted, but this partner may not issue/),
	});
});

it('lists what to check, in order, when Moca only says that the header is invalid, as seen in the field', async () => {
	sandbox.moca.settings.unauthorizedMessage = 'generic';
	expect(await test({ keyId: 'x' })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/^Moca did not accept the signature\. Check, in this order:.*Invalid x-partner-auth/),
	});
});

it.each([
	['a text that is no key', { privateKey: 'hello' }, /not a key that can be read/],
	['no test email', { testEmail: '' }, /^The test has no email address\. Fill in Test Email/],
	['a test email that is none', { testEmail: 'me' }, /^“me” is not an email address\. Correct Test Email\./],
	['no partner ID', { partnerId: '' }, /no partner ID/],
	['a malformed issuer DID', { issuerDid: 'air:x' }, /is not an issuer DID/],
	['a JWKS URL that is not https', { jwksUrl: 'http://keys.example.com/jwks.json' }, /is not https/],
	['a catalog address that is none', { catalogBaseUrl: 'catalog' }, /^“catalog” is not a web address.*Correct the Catalog Base URL/],
	['an address that is not https', { apiBaseUrl: 'http://api.example.com' }, /is not https/],
	['an algorithm that does not fit', { algorithm: 'ES256' }, /The private key is for RS256/],
])('tells %s before anything is sent', async (_, change, message) => {
	expect(await test(change as ICredentialDataDecryptedObject)).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
	expect(sandbox.traffic.requests()).toEqual([]);
});

it('tells a partner ID that Moca does not know', async () => {
	expect(await test({ partnerId: 'nobody', keyId: sandbox.moca.partner.keyId })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/does not know the partner ID “nobody”/),
	});
});

it('tells a service that cannot be reached', async () => {
	expect(await test({ apiBaseUrl: 'http://127.0.0.1:1/v1' })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/^Moca could not be reached/),
	});
});

it('tells an address where something else answers', async () => {
	expect(await test({ apiBaseUrl: sandbox.url })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/^There is no Moca API at/),
	});
});

describe('with a clock that is off', () => {
	const wrongKey = () => ({
		privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
	});

	it('the test passes like the nodes do, and says so', async () => {
		sandbox.moca.settings.clockAheadSeconds = 600;
		expect(await test()).toMatchObject({
			status: 'OK',
			message: expect.stringMatching(/clock is 10 minutes behind Moca’s: Set the clock/),
		});
	});

	it('a wrong key is still a wrong key', async () => {
		sandbox.moca.settings.clockAheadSeconds = 600;
		const { status, message } = await test(wrongKey());
		expect(status).toBe('Error');
		expect(message).toMatch(/^Wrong key.*It is not the time: this machine’s clock is 10 minutes behind Moca’s/);
	});

	it('by more than is made up for, the clock is the cause', async () => {
		sandbox.moca.settings.clockAheadSeconds = 3 * 24 * 3600;
		expect(await test()).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^Wrong time: this machine’s clock is 3 days behind Moca’s/),
		});
	});

	it('without a Date, Moca’s words name it', async () => {
		Object.assign(sandbox.moca.settings, { clockAheadSeconds: 600, dateHeader: '' });
		expect(await test()).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^Moca finds the time in the token wrong.*expired/),
		});
	});
});

it('a key of another kind is a wrong key, not an unknown key ID', async () => {
	const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
	const { status, message } = await test({ privateKey });
	expect(status).toBe('Error');
	expect(message).toMatch(/^Wrong key: the private key signs with ES256, which does not fit the key published as/);
	expect(message).not.toContain('Unknown key ID');
});

it('an issuer DID may be left out, because each node may name its own', async () => {
	expect(await test({ issuerDid: '' })).toMatchObject({ status: 'OK' });
});

describe('a scope that Moca does not take', () => {
	it.each(['specific', 'generic'] as const)('fails the test with the one that works, in its words (401s that are %s)', async (words) => {
		Object.assign(sandbox.moca.settings, { acceptedScopes: ['issue'], unauthorizedMessage: words });
		expect(await test()).toEqual({
			status: 'Error',
			message: 'This works with the scope “issue”, and not with “issue on-behalf”. Enter issue as Scope.',
		});
		expect(await test({ scope: 'issue' })).toMatchObject({ status: 'OK' });
		expect(sandbox.moca.issued()).toEqual([]);
	});

	it('is named when it is one’s own, and when no documented one works', async () => {
		expect((await test({ scope: 'verify' })).message).toMatch(/^This works with the scope “issue on-behalf”, and not with “verify”/);
		sandbox.moca.settings.acceptedScopes = ['something else'];
		expect((await test()).message).toMatch(/^Moca does not take the scope “issue on-behalf”\. It does not take “issue” either\./);
	});

	it('takes no more than a handful of requests', async () => {
		sandbox.moca.settings.acceptedScopes = [];
		await test({ scope: 'verify' });
		expect(sandbox.traffic.requests()).toHaveLength(3);
	});
});

describe('the catalog of a custom environment', () => {
	it('that answers is a part of what works', async () => {
		expect(await test({ catalogBaseUrl: sandbox.url })).toMatchObject({ status: 'OK' });
		expect(sandbox.traffic.requests().at(-1)?.path).toMatch(/^\/catalog\/schemas/);
	});

	it('that is left out is not missed', async () => {
		expect(await test({ catalogBaseUrl: ' ' })).toMatchObject({ status: 'OK' });
	});

	it.each([
		['is somewhere else', () => `${sandbox.url}/elsewhere`, /there is no catalog, or it is closed to us \(HTTP 404\)/],
		['cannot be reached', () => 'http://127.0.0.1:1', /the catalog could not be reached/],
	])('that %s fails the test, with what works and what to correct', async (_, catalogBaseUrl, words) => {
		const { status, message } = await test({ catalogBaseUrl: catalogBaseUrl() });
		expect(status).toBe('Error');
		expect(message).toMatch(words);
		expect(message).toMatch(/^The key is accepted, and this partner may issue, but .*Correct the Catalog Base URL, or leave it empty/);
	});
});

describe('the JWKS at the address that is entered', () => {
	it('with the right key is a part of what works', async () => {
		expect(await test({ jwksUrl: sandbox.moca.partner.jwksUrl })).toMatchObject({ status: 'OK' });
	});

	it('with another partner’s key fails the test with the key IDs that are there', async () => {
		const { status, message } = await test({ jwksUrl: sandbox.moca.ecPartner.jwksUrl });
		expect(status).toBe('Error');
		expect(message).toMatch(/^Unknown key ID: the JWKS at http.*has no key/);
		expect(message).toContain(`It has “${sandbox.moca.ecPartner.keyId}”.`);
	});

	it('that is not there fails the test', async () => {
		expect((await test({ jwksUrl: `${sandbox.url}/nothing` })).message).toMatch(/^There is no JWKS at .*HTTP 404/);
		expect((await test({ jwksUrl: 'http://127.0.0.1:1/jwks.json' })).message).toMatch(/^Your JWKS could not be fetched at .*ECONNREFUSED/);
	});

	it('that Moca does not use says so', async () => {
		sandbox.moca.registerPartner({ ...sandbox.moca.partner, jwksUrl: sandbox.moca.ecPartner.jwksUrl });
		const { message } = await test({ jwksUrl: sandbox.moca.partner.jwksUrl });
		sandbox.moca.registerPartner(sandbox.moca.partner);
		expect(message).toMatch(/^Unknown key ID.*Compare the JWKS URL in the Moca dashboard/);
	});
});
