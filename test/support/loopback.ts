import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Loopback {
	/** Without a slash at its end. */
	url: string;
	stop(): Promise<void>;
}

/** A server on this machine, at a port that was free. */
export async function serve(listener: RequestListener): Promise<Loopback> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

export interface Received {
	method: string;
	/** The path with its query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** Without a reply, the connection is cut. */
export type Reply = { status: number; headers?: Record<string, string>; body?: string } | undefined;

/** A server that gives these replies, and remembers what came. */
export async function serveReplies(replyTo: (received: Received) => Reply | Promise<Reply>): Promise<Loopback & { received: Received[] }> {
	const received: Received[] = [];
	const answer = async (request: IncomingMessage, response: ServerResponse) => {
		const { method = '', url: path = '', headers } = request;
		const one: Received = { method, path, headers, body: await text(request) };
		received.push(one);
		const reply = await replyTo(one);
		if (reply) response.writeHead(reply.status, reply.headers).end(reply.body);
		else response.destroy();
	};
	return { ...(await serve((request, response) => void answer(request, response))), received };
}
