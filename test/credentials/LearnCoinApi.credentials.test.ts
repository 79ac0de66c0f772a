import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { LearnCoinApi } from '../../credentials/LearnCoinApi.credentials';
import { startSandbox, type Sandbox } from '../../sandbox';
import { failureOf } from '../support/failures';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const credential = new LearnCoinApi();
const key = ['lrn', 'test', 'abc'].join('_');
const get: IHttpRequestOptions = { method: 'GET', url: 'http://127.0.0.1/v1/tenants/me', headers: { Accept: 'application/json' } };
const sign = (data: ICredentialDataDecryptedObject, request = get) => credential.authenticate(data, request);

it('sends the API key as a bearer token, which LearnCoin takes', async () => {
	const { apiBaseUrl, apiKey, tenantId } = sandbox.learncoin;
	const { headers } = await sign({ apiKey, baseUrl: apiBaseUrl });
	const answer = await fetch(`${apiBaseUrl}/tenants/me`, { headers: headers as Record<string, string> });
	expect(answer.status).toBe(200);
	expect(await answer.json()).toMatchObject({ id: tenantId });
});

it('leaves the rest of the request as it is, and the request that it was given', async () => {
	const request: IHttpRequestOptions = { ...get, method: 'POST', body: { name: 'x' }, qs: { limit: 1 } };
	const before = structuredClone(request);
	const signed = await sign({ apiKey: key }, request);
	expect(signed).toEqual({ ...before, headers: { Accept: 'application/json', Authorization: `Bearer ${key}` } });
	expect(request).toEqual(before);
});

it('replaces the key of a request that is signed again', async () => {
	const signed = await sign({ apiKey: key }, await sign({ apiKey: `${key}old` }));
	expect(signed.headers?.Authorization).toBe(`Bearer ${key}`);
});

it('signs a request without headers, too', async () => {
	expect((await sign({ apiKey: key }, { url: get.url })).headers).toEqual({ Authorization: `Bearer ${key}` });
});

it('takes off the blanks around a pasted key', async () => {
	expect((await sign({ apiKey: ` ${key}\n` })).headers?.Authorization).toBe(`Bearer ${key}`);
});

it.each([
	['nothing', {}],
	['an empty text', { apiKey: '' }],
	['a key of another service', { apiKey: 'sk_live_123' }],
	['a key with a line break in it', { apiKey: `${key}\r\nX-Other: 1` }],
	['two keys', { apiKey: `${key} ${key}` }],
] as Array<[string, ICredentialDataDecryptedObject]>)('never sends %s for a key, and does not repeat it', async (_, data) => {
	const { message, details } = await failureOf(sign(data));
	expect(details).toMatchObject({ attempts: 0, retryable: false });
	for (const words of ['123', 'abc']) expect(`${message}${details.hint}`).not.toContain(words);
});

it('keeps the key hidden in the form, and the address of the API at hand', () => {
	const [apiKey, baseUrl] = ['apiKey', 'baseUrl'].map((name) => credential.properties.find((property) => property.name === name));
	expect(apiKey).toMatchObject({ typeOptions: { password: true }, default: '', required: true });
	expect(baseUrl).toMatchObject({ default: 'https://api.learncoin.me/v1', required: true });
	expect(credential.properties).toHaveLength(2);
});

it('is known to nodes and saved workflows by this name', () => {
	expect(credential.name).toBe('learnCoinApi');
});
