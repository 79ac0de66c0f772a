import { inspect } from 'node:util';
import type { ICredentialDataDecryptedObject, ICredentialType, IHttpRequestOptions, INode, INodeType } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import type { HttpRequest, Transport } from '../../../lib/http/types';
import { n8nTransport, openTransport, type CanRequest } from '../../../lib/n8n/transport';
import { version } from '../../../package.json';
import { additionalData, core, Workflow } from '../../support/engine';
import { serveReplies, type Received, type Reply } from '../../support/loopback';

/** Signs with all that it is given. */
class KeyApi implements ICredentialType {
	name = 'keyApi';

	displayName = 'Key API';

	properties = [];

	async authenticate(data: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		if (data.key === '') throw new ExplainedFailure('There is no key', { hint: 'Enter one', code: 'no_key' });
		return { ...options, headers: { ...options.headers, 'x-key': `${String(data.key)} for ${String(data.recipient)}` } };
	}
}

/** One of n8n's own contexts, with its own request helper. */
function contextOf(data: ICredentialDataDecryptedObject) {
	const node: INode = {
		id: 'node',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { keyApi: { id: '1', name: 'Test' } },
	};
	const type = { description: { properties: [], credentials: [{ name: 'keyApi' }] } } as unknown as INodeType;
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const types = { nodes: {}, credentials: { keyApi: new KeyApi() } };
	return new core.LoadOptionsContext(workflow, node, additionalData(types, data), '') as unknown as CanRequest;
}

const timeoutMs = 300;
const signing = (data: ICredentialDataDecryptedObject = { key: 'k' }) => n8nTransport(contextOf(data), 'keyApi', data, timeoutMs);
const open = () => openTransport(contextOf({}), timeoutMs);

type Server = Awaited<ReturnType<typeof serveReplies>>;
let reply: (received: Received) => Reply | Promise<Reply>;
let api: Server;
let elsewhere: Server;
beforeAll(async () => {
	api = await serveReplies((received) => reply(received));
	elsewhere = await serveReplies(() => ({ status: 200, body: '{}' }));
});
afterAll(async () => {
	await api.stop();
	await elsewhere.stop();
});
beforeEach(() => {
	reply = () => ({ status: 200, body: '{}' });
	api.received.length = 0;
	elsewhere.received.length = 0;
});

const get = (path = '/v1/things'): HttpRequest => ({ method: 'GET', url: `${api.url}${path}`, repeat: 'anything' });
const post = (): HttpRequest => ({ ...get(), method: 'POST', body: { name: 'Renée' } });

describe.each([
	['that signs', () => signing()],
	['for services open to everyone', open],
] as Array<[string, () => Transport]>)('the transport %s', (_, transport) => {
	it.each([301, 302, 303, 307, 308])('gives a redirect (%i) as the answer, and never calls the other address', async (status) => {
		reply = () => ({ status, headers: { Location: `${elsewhere.url}/v1/stolen` }, body: 'Moved' });
		expect(await transport()(get())).toMatchObject({ status, headers: { location: `${elsewhere.url}/v1/stolen` } });
		expect(await transport()(post())).toMatchObject({ status });
		expect(elsewhere.received).toEqual([]);
		expect(api.received).toHaveLength(2);
	});

	it('does not follow a redirect within the same host either', async () => {
		reply = ({ path }) => (path === '/v1/things' ? { status: 302, headers: { Location: '/v2/things' } } : { status: 200 });
		expect(await transport()(get())).toMatchObject({ status: 302 });
		expect(api.received.map(({ path }) => path)).toEqual(['/v1/things']);
	});

	it.each([200, 204, 400, 401, 403, 404, 409, 429, 500, 503])('gives %i as the answer to a single request', async (status) => {
		const body = status === 204 ? '' : '{"message": "Said"}';
		reply = () => ({ status, headers: { 'X-Request-ID': 'req_1', 'Content-Type': 'application/json' }, body });
		const answer = await transport()(get());
		expect(answer).toMatchObject({ status, headers: { 'x-request-id': 'req_1' }, text: body });
		expect(api.received).toHaveLength(1);
	});

	it.each(['{"cut', '<html>', '', '12345678901234567890', '"é"'])('gives the text %p as it is', async (body) => {
		reply = () => ({ status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body });
		expect((await transport()(get())).text).toBe(body);
	});

	it('sends method, query, headers and JSON', async () => {
		await transport()({ ...post(), query: { q: 'é & b', page: 2 }, headers: { 'Idempotency-Key': 'key' } });
		const [{ method, path, headers, body }] = api.received as [Received];
		const { pathname, searchParams } = new URL(path, api.url);
		expect([method, pathname, Object.fromEntries(searchParams)]).toEqual(['POST', '/v1/things', { q: 'é & b', page: '2' }]);
		expect(JSON.parse(body)).toEqual({ name: 'Renée' });
		expect(headers).toMatchObject({
			accept: 'application/json',
			'content-type': 'application/json',
			'idempotency-key': 'key',
			'user-agent': `n8n-nodes-moca-learncoin/${version}`,
		});
	});

	it('knows that nobody answers', async () => {
		await expect(transport()({ ...get(), url: 'http://127.0.0.1:1/v1' })).rejects.toMatchObject({
			name: 'ConnectionFailure',
			code: 'ECONNREFUSED',
			neverSent: true,
		});
	});

	it('knows that a connection was cut: it may have arrived', async () => {
		reply = () => undefined;
		await expect(transport()(get())).rejects.toMatchObject({ name: 'ConnectionFailure', neverSent: false });
	});

	it('gives up after the time-out: it may have arrived', async () => {
		reply = () => new Promise<Reply>(() => {});
		await expect(transport()(get())).rejects.toMatchObject({ name: 'ConnectionFailure', neverSent: false });
		expect(api.received).toHaveLength(1);
	});
});

describe('signing', () => {
	it('is the n8n credential’s, with what it has to know of the request, which is not sent as such', async () => {
		await signing()({ ...post(), signFor: { recipient: 'ada@example.com' } });
		const [{ path, headers, body }] = api.received as [Received];
		expect(headers['x-key']).toBe('k for ada@example.com');
		expect(`${path}${body}`).not.toContain('ada@example.com');
	});

	it('is done for each request anew: none gets another’s recipient', async () => {
		const transport = signing();
		const recipients = Array.from({ length: 5 }, (_, index) => `learner${index}@example.com`);
		await Promise.all(recipients.map((recipient) => transport({ ...get(`/${recipient}`), signFor: { recipient } })));
		for (const { path, headers } of api.received) expect(headers['x-key']).toBe(`k for ${path.slice(1)}`);
		expect(api.received).toHaveLength(5);
	});

	it('that is not possible explains itself, and nothing is sent', async () => {
		await expect(signing({ key: '' })(get())).rejects.toMatchObject({
			name: 'ExplainedFailure',
			message: 'There is no key',
			details: { code: 'no_key', attempts: 0 },
		});
		expect(api.received).toEqual([]);
	});

	it('leaves nothing of itself in what is thrown', async () => {
		reply = () => undefined;
		const failure: unknown = await signing({ key: 'very secret' })(get()).catch((error: unknown) => error);
		expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain('very secret');
	});

	it('is none where a service is open to everyone', async () => {
		await open()(get());
		expect(api.received[0]!.headers).not.toHaveProperty('x-key');
	});
});
