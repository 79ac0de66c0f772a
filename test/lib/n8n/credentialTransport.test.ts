import type { ICredentialTestFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import type { HttpRequest } from '../../../lib/http/types';
import { credentialTransport } from '../../../lib/n8n/credentialTransport';
import { core } from '../../support/engine';
import { serveReplies, type Reply } from '../../support/loopback';

/** As n8n's server makes it for the connection test of an n8n credential, with its own, older request helper. */
const { helpers } = new core.CredentialTestContext() as unknown as ICredentialTestFunctions;
const signed = async ({ signFor }: HttpRequest): Promise<Record<string, string>> =>
	signFor ? { 'x-key': `k for ${signFor.recipient}` } : {};
const transport = credentialTransport(helpers, signed);

type Server = Awaited<ReturnType<typeof serveReplies>>;
let reply: Reply;
let api: Server;
let elsewhere: Server;
beforeAll(async () => {
	api = await serveReplies(() => reply);
	elsewhere = await serveReplies(() => ({ status: 200, body: '{}' }));
});
afterAll(async () => {
	await api.stop();
	await elsewhere.stop();
});
beforeEach(() => {
	reply = { status: 200, body: '{}' };
	api.received.length = 0;
	elsewhere.received.length = 0;
});

const get = (): HttpRequest => ({ method: 'GET', url: `${api.url}/v1/things`, repeat: 'anything' });
const post = (): HttpRequest => ({ ...get(), method: 'POST', body: { name: 'Renée' } });

it.each([301, 302, 303, 307, 308])('gives a redirect (%i) as the answer, and never calls the other address', async (status) => {
	reply = { status, headers: { Location: `${elsewhere.url}/v1/stolen` }, body: 'Moved' };
	expect(await transport(get())).toMatchObject({ status, headers: { location: `${elsewhere.url}/v1/stolen` } });
	expect(await transport(post())).toMatchObject({ status });
	expect(elsewhere.received).toEqual([]);
	expect(api.received).toHaveLength(2);
});

it.each([200, 400, 401, 403, 404, 429, 500, 503])('gives %i as the answer to a single request', async (status) => {
	reply = { status, headers: { 'X-Request-ID': 'req_1', 'Content-Type': 'application/json' }, body: '{"message":"Said"}' };
	expect(await transport(get())).toMatchObject({ status, headers: { 'x-request-id': 'req_1' }, text: '{"message":"Said"}' });
	expect(api.received).toHaveLength(1);
});

it.each(['{"cut', '<html>', ''])('gives the text %p as it is', async (body) => {
	reply = { status: 200, headers: { 'Content-Type': 'application/json' }, body };
	expect((await transport(get())).text).toBe(body);
});

it('sends method, query and JSON, signed with what it has to know of the request, which is not sent as such', async () => {
	await transport({ ...post(), query: { q: 'é & b' }, signFor: { recipient: 'ada@example.com' } });
	const [{ method, path, headers, body }] = api.received as [(typeof api.received)[number]];
	const { pathname, searchParams } = new URL(path, api.url);
	expect([method, pathname, Object.fromEntries(searchParams)]).toEqual(['POST', '/v1/things', { q: 'é & b' }]);
	expect(JSON.parse(body)).toEqual({ name: 'Renée' });
	expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-key': 'k for ada@example.com' });
	expect(`${path}${body}`).not.toContain('ada@example.com');
});

it('knows that nobody answers, and that a connection was cut', async () => {
	await expect(transport({ ...get(), url: 'http://127.0.0.1:1/v1' })).rejects.toMatchObject({
		name: 'ConnectionFailure',
		code: 'ECONNREFUSED',
	});
	reply = undefined;
	await expect(transport(get())).rejects.toMatchObject({ name: 'ConnectionFailure', neverSent: false });
});

it('passes on why it cannot sign, and sends nothing', async () => {
	const failure = new ExplainedFailure('There is no key', { hint: 'Enter one' });
	await expect(credentialTransport(helpers, () => Promise.reject(failure))(get())).rejects.toBe(failure);
	expect(api.received).toEqual([]);
});

it('gives an answer without a body as one with an empty text', async () => {
	const bodyless = { request: async () => ({ statusCode: 204, headers: {}, body: undefined }) } as unknown as typeof helpers;
	expect(await credentialTransport(bodyless, signed)(get())).toEqual({ status: 204, headers: {}, text: '' });
});
