import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { serve, type Loopback } from '../loopback';

export interface ReceivedDelivery {
	headers: IncomingHttpHeaders;
	body: string;
	event: { id: string; type: string; created_at: string; tenant_id: string; data: Record<string, unknown> };
}

interface Receiver {
	url: string;
	received: ReceivedDelivery[];
	/** The statuses to answer one after the other; 200 when used up, 0 answers nothing at all. */
	statuses: number[];
	headers: Record<string, string>;
}

/** A server that webhooks are delivered to, new for each test. */
export function useReceiver(): () => Receiver {
	let receiver: Receiver;
	let server: Loopback;
	const listener: RequestListener = (request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			receiver.received.push({ headers: request.headers, body, event: eventIn(body) });
			const status = receiver.statuses.shift() ?? 200;
			if (status > 0) response.writeHead(status, receiver.headers).end(`answer ${status}`);
		});
	};
	beforeAll(async () => {
		server = await serve(listener);
	});
	beforeEach(() => {
		receiver = { url: `${server.url}/hook`, received: [], statuses: [], headers: {} };
	});
	afterAll(async () => await server.stop());
	return () => receiver;
}

function eventIn(body: string): ReceivedDelivery['event'] {
	try {
		return JSON.parse(body) as ReceivedDelivery['event'];
	} catch {
		return { id: '', type: '', created_at: '', tenant_id: '', data: {} };
	}
}
