import { call, expectRefusal, useLearnCoin } from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
const me = async (headers: Record<string, string | undefined>) => await call(sandbox(), 'GET', '/tenants/me', { headers });

it('takes a key of either environment, which chooses it', async () => {
	const { apiKey, liveApiKey } = sandbox().learncoin;
	expect(apiKey).toMatch(/^lrn_test_[1-9A-HJ-NP-Za-km-z]{44}$/);
	expect(liveApiKey).toMatch(/^lrn_live_[1-9A-HJ-NP-Za-km-z]{44}$/);
	expect((await call(sandbox(), 'GET', '/tenants/me')).data).toMatchObject({ environment: 'test' });
	expect((await call(sandbox(), 'GET', '/tenants/me', { key: liveApiKey })).data).toMatchObject({ environment: 'live' });
});

it('refuses a call without a key', async () => {
	expectRefusal(await me({ authorization: undefined }), 401, 'api_key_missing');
});

it.each([
	['an unknown key', 'Bearer lrn_test_unknown'],
	['another scheme', 'Basic abc'],
	['no scheme', 'lrn_test_abc'],
])('refuses %s', async (_case, authorization) => {
	expectRefusal(await me({ authorization }), 401, 'api_key_invalid');
});

it.each([
	['revoked', 'api_key_revoked'],
	['ip_not_allowed', 'ip_not_allowed'],
] as const)('can play that the key is %s', async (keyState, code) => {
	sandbox().learncoin.settings.keyState = keyState;
	expectRefusal(await me({}), 401, code);
});

it('checks the key before anything else', async () => {
	expectRefusal(await call(sandbox(), 'POST', '/batches', { body: '{', key: 'nobody' }), 401, 'api_key_invalid');
});

it('gives every answer a request id', async () => {
	expect((await me({})).headers['x-request-id']).toMatch(/^req_[A-Z0-9]{12}$/);
});

it('never keeps a key in the traffic', async () => {
	await me({});
	expect(JSON.stringify(sandbox().traffic.requests())).not.toContain(sandbox().learncoin.apiKey);
});
