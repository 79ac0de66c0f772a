import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sendIn, type World } from './world';

/** Chain and web of a world on this machine, over HTTP. What is at an address is found by its path. */
export async function serve(world: World): Promise<{ url: string; requests: () => number; close: () => Promise<void> }> {
	let requests = 0;
	const { send } = sendIn(world);
	const server: Server = createServer((request, response) => {
		requests += 1;
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece));
		request.on('end', () => {
			const body = pieces.length > 0 ? (JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>) : undefined;
			const method = request.method === 'POST' ? 'POST' : 'GET';
			void send({ method, url: request.url ?? '', repeat: 'anything', ...(body && { body }) }).then(({ status, text }) =>
				response.writeHead(status, { 'content-type': 'application/json' }).end(text),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: () => requests,
		close: async () => await new Promise<void>((resolve) => void server.close(() => resolve())),
	};
}
