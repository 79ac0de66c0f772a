import 'reflect-metadata';
import { gzipSync } from 'node:zlib';
import type { ICredentialTestFunctions } from 'n8n-workflow';

import { keySetFetcher } from '../../../../nodes/Moca/shared/fetchKeySet';
import { userAgent } from '../../../../lib/n8n/transport';
import { serve, serveReplies, type Loopback } from '../../../support/loopback';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded after test/support/engine set the environment
const { CredentialTestContext } = require('n8n-core') as { CredentialTestContext: new () => ICredentialTestFunctions };

/** With n8n's own request helper. */
const fetchFrom = (url: string, withinMs?: number) => keySetFetcher(new CredentialTestContext().helpers, withinMs)(url);

let server: Loopback | undefined;
afterEach(() => server?.stop());

it('reads what is there, as it is, unsigned', async () => {
	const replies = await serveReplies(() => ({ status: 200, body: '{"keys":["é"]}' }));
	server = replies;
	expect(await fetchFrom(`${replies.url}/jwks.json?for=moca`)).toEqual({ status: 200, text: '{"keys":["é"]}', isTooLong: false });
	expect(replies.received).toMatchObject([{ method: 'GET', path: '/jwks.json?for=moca', headers: { 'user-agent': userAgent } }]);
	expect(replies.received[0]!.headers).not.toHaveProperty('x-partner-auth');
});

it('reads what is compressed', async () => {
	server = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"keys":[]}')));
	expect(await fetchFrom(server.url)).toMatchObject({ text: '{"keys":[]}' });
});

it('follows it nowhere', async () => {
	const replies = await serveReplies(({ path }) => ({ status: path === '/' ? 302 : 200, headers: { location: '/keys' }, body: '{}' }));
	server = replies;
	expect(await fetchFrom(replies.url)).toEqual({ status: 302, text: '', isTooLong: false });
	expect(replies.received).toHaveLength(1);
});

it.each([404, 500])('gives the status of a refusal, without its words (%d)', async (status) => {
	server = await serveReplies(() => ({ status, body: 'no' }));
	expect(await fetchFrom(server.url)).toEqual({ status, text: '', isTooLong: false });
});

it('stops reading what does not end, and closes it', async () => {
	let closed = () => {};
	const isClosed = new Promise<void>((resolve) => (closed = resolve));
	server = await serve((_request, response) => {
		const more = () => {
			while (!response.destroyed && response.write('x'.repeat(16_384)));
		};
		response.writeHead(200).on('drain', more).on('close', closed);
		more();
	});
	expect(await fetchFrom(server.url)).toEqual({ status: 200, text: '', isTooLong: true });
	await isClosed;
});

it.each([
	['says nothing', false],
	['begins, and says no more', true],
])('waits no longer than it may for what %s', async (_, begins) => {
	server = await serve((_request, response) => {
		if (begins) response.writeHead(200).write('{"keys":');
	});
	await expect(fetchFrom(server.url, 50)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

it('tells that nobody answers by the system’s word', async () => {
	await expect(fetchFrom('http://127.0.0.1:1/')).rejects.toMatchObject({ name: 'ConnectionFailure', code: 'ECONNREFUSED' });
});

it('tells a connection that breaks on the way', async () => {
	server = await serve((_request, response) => {
		response.writeHead(200, { 'content-length': '100' }).write('{"keys":');
		setImmediate(() => response.destroy());
	});
	await expect(fetchFrom(server.url)).rejects.toMatchObject({ name: 'ConnectionFailure' });
});
