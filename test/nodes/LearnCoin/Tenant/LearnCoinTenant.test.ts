import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { LearnCoinTenant } from '../../../../nodes/LearnCoin/Tenant/LearnCoinTenant.node';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { fullResponse, runLearnCoin, tenantCredential } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const run = async (parameters: IDataObject) => await runLearnCoin(sandbox, 'learnCoinTenant', parameters, continueOnFail);
const patches = () => sandbox.traffic.requests().filter(({ method }) => method === 'PATCH');

it('Get gives the tenant of the key', async () => {
	const { items } = await run({ operation: 'get' });
	expect(items[0]?.json).toMatchObject({ id: sandbox.learncoin.tenantId, environment: 'test', credentials_limit_this_month: 2500 });
});

it('Get says how many credentials are left this month, and nothing of it where LearnCoin has no counters', async () => {
	const { learncoin } = sandbox;
	const before = (await run({ operation: 'get' })).items[0]!.json;
	expect(before.credentials_left_this_month).toBe(2500 - Number(before.credentials_issued_this_month));
	learncoin.settings.monthlyLimit = 0;
	expect((await run({ operation: 'get' })).items[0]?.json.credentials_left_this_month).toBe(0);
	Object.assign(learncoin.settings, { monthlyLimit: 2500, tenantCounters: false });
	const without = (await run({ operation: 'get' })).items[0]!.json;
	learncoin.settings.tenantCounters = true;
	expect(without).not.toHaveProperty('credentials_left_this_month');
	expect(without.id).toBe(before.id);
});

it('Update is done where the answer is empty, and says what was sent', async () => {
	sandbox.learncoin.settings.tenantPatchAnswer = 'empty';
	const { items } = await run({ operation: 'update', displayName: 'Academy', awardingBody: {}, verifyPageBranding: {} });
	sandbox.learncoin.settings.tenantPatchAnswer = 'tenant';
	expect(items[0]?.json).toEqual({ display_name: 'Academy', note: expect.stringContaining('accepted the change') as string });
});

it('Update sends the filled fields only, by LearnCoin’s names', async () => {
	const { items } = await run({
		operation: 'update',
		displayName: '',
		awardingBody: { name: 'Academy', url: '' },
		verifyPageBranding: { accentColor: '#0f766e', logoUrl: 'https://example.com/logo.svg' },
	});
	expect(items[0]?.json.id).toBe(sandbox.learncoin.tenantId);
	expect(patches()[0]?.body).toEqual({
		awarding_body: { name: 'Academy' },
		verify_page_branding: { accent_color: '#0f766e', logo_url: 'https://example.com/logo.svg' },
	});
});

it.each([
	[{}, 'There is nothing to change'],
	[{ verifyPageBranding: { accentColor: 'teal' } }, '“teal” is not a colour that LearnCoin takes'],
	[{ awardingBody: { url: 'example.com' } }, 'The awarding body’s address “example.com” is not a web address'],
])('Update with %j is refused before sending', async (parameters, message) => {
	const { items } = await run({ operation: 'update', displayName: '', awardingBody: {}, verifyPageBranding: {}, ...parameters });
	expect(items[0]?.json.error).toBe(message);
	expect(patches()).toHaveLength(0);
});

describe('an API key that LearnCoin does not take', () => {
	it.each([
		[{ apiKey: 'lrn_test_unknown' }, /LearnCoin does not know the API key/, 'api_key_invalid'],
		[{ apiKey: 'sk_live_123' }, /^The API key does not look like one of LearnCoin’s$/, null],
		[{ baseUrl: 'http://api.example.com/v1' }, /^The API address http:\/\/api.example.com is not https$/, null],
	])('%j', async (change, message, code) => {
		const credential = { ...tenantCredential(sandbox), ...change };
		const { items } = await runLearnCoin(sandbox, 'learnCoinTenant', { operation: 'get' }, { credential, ...continueOnFail });
		expect(items[0]?.json.error).toMatch(message);
		expect(items[0]?.json.details).toMatchObject({ code });
	});
});

describe('the connection test', () => {
	const { learnCoinApiTest } = new LearnCoinTenant().methods.credentialTest;
	/** As n8n's own: its older request helper, which gives the text of any answer. */
	const helpers = {
		request: async ({ uri, headers }: { uri: string; headers: Record<string, string> }) => {
			return await fullResponse(await fetch(uri, { headers }));
		},
	};
	const test = async (change: IDataObject = {}) =>
		await learnCoinApiTest.call({ helpers } as unknown as ICredentialTestFunctions, {
			id: '1',
			name: 'Test',
			type: 'learnCoinApi',
			data: { ...tenantCredential(sandbox), ...change } as never,
		});

	it('names the tenant, and says test or live', async () => {
		expect(await test()).toEqual({
			status: 'OK',
			message: expect.stringMatching(new RegExp(`tenant Sandbox Academy \\(${sandbox.learncoin.tenantId}\\), test key`)) as unknown,
		});
		expect((await test({ apiKey: ` ${sandbox.learncoin.liveApiKey} ` })).message).toMatch('live key');
	});

	it.each(['revoked', 'ip_not_allowed'] as const)('tells what is wrong with a key that is %s', async (keyState) => {
		sandbox.learncoin.settings.keyState = keyState;
		const result = await test();
		sandbox.learncoin.settings.keyState = 'active';
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/key was revoked|may not be used from this machine/) as unknown,
		});
	});

	it('tells that there is no key, and that nobody answers', async () => {
		expect(await test({ apiKey: '' })).toMatchObject({ status: 'Error', message: expect.stringMatching('There is no API key') as unknown });
		const refused = { request: async () => await Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })) };
		const result = await learnCoinApiTest.call({ helpers: refused } as unknown as ICredentialTestFunctions, {
			id: '1',
			name: 'Test',
			type: 'learnCoinApi',
			data: tenantCredential(sandbox),
		});
		expect(result.message).toMatch('LearnCoin could not be reached');
	});
});
