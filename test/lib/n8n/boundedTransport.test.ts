import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode, INodeType } from 'n8n-workflow';

import { boundedTransport } from '../../../lib/n8n/boundedTransport';
import { n8nClock } from '../../../lib/n8n/clock';
import type { CanRequest } from '../../../lib/n8n/transport';
import { additionalData, core, Workflow } from '../../support/engine';

/** One of n8n's own contexts, with its own request helper. */
function contextOf() {
	const node: INode = { id: 'node', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} };
	const type = { description: { properties: [] } } as unknown as INodeType;
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return new core.LoadOptionsContext(workflow, node, additionalData({ nodes: {}, credentials: {} }, {}), '') as unknown as CanRequest;
}

/** For what is to come in time, however busy the machine is. */
const longMs = 20_000;
const shortMs = 300;
const longest = 1_000;
const send = (path: string, body?: Record<string, unknown>, timeoutMs = longMs) =>
	boundedTransport(
		contextOf(),
		n8nClock,
		timeoutMs,
		longest,
	)({ method: body ? 'POST' : 'GET', url: `${address}${path}`, repeat: 'anything', ...(body && { body }) });

let server: Server;
let address: string;
let written = 0;
let received = '';
const drip = (response: ServerResponse, piece: string, everyMs: number) => {
	const timer = setInterval(() => {
		written += piece.length;
		response.write(piece);
	}, everyMs);
	response.on('close', () => clearInterval(timer));
};
beforeAll(async () => {
	server = createServer((request, response) => {
		request.on('data', (piece: Buffer) => (received += piece.toString()));
		if (request.url === '/endless') return drip(response, 'x'.repeat(500), 1);
		if (request.url === '/slow') return drip(response, 'x', 50);
		if (request.url === '/elsewhere') return void response.writeHead(302, { location: `${address}/fine` }).end();
		if (request.url === '/missing') return void response.writeHead(404, { 'X-Request-Id': 'r1' }).end('Not found');
		if (request.url === '/broken') {
			response.writeHead(200, { 'content-length': '500' }).write('half');
			return void setTimeout(() => response.destroy(), 20);
		}
		if (request.url === '/silent') return;
		request.on('end', () => response.end('{"naïve":"😀"}'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

it('gives an answer as it came, whatever its status', async () => {
	expect(await send('/fine')).toMatchObject({ status: 200, text: '{"naïve":"😀"}' });
	expect(await send('/missing')).toMatchObject({ status: 404, text: 'Not found', headers: { 'x-request-id': 'r1' } });
});

it('sends a body as JSON', async () => {
	received = '';
	await send('/fine', { jsonrpc: '2.0', method: 'eth_chainId' });
	expect(JSON.parse(received)).toEqual({ jsonrpc: '2.0', method: 'eth_chainId' });
});

it('gives up an answer that is too long, and ends the connection', async () => {
	await expect(send('/endless')).rejects.toMatchObject({ name: 'ConnectionFailure', code: 'TOO_LARGE' });
	const after = written;
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect(written - after).toBeLessThan(20_000);
});

it('gives up an answer that begins in time, and does not end', async () => {
	await expect(send('/slow', undefined, shortMs)).rejects.toMatchObject({ name: 'ConnectionFailure', code: 'ETIMEDOUT' });
});

it('gives up what does not answer at all, and what breaks off', async () => {
	await expect(send('/silent', undefined, shortMs)).rejects.toMatchObject({ name: 'ConnectionFailure' });
	await expect(send('/broken')).rejects.toMatchObject({ name: 'ConnectionFailure' });
});

it('follows no redirect', async () => {
	expect(await send('/elsewhere')).toMatchObject({ status: 302, text: '' });
});
