import { request } from 'node:http';
import { text } from 'node:stream/consumers';

import pLimit from 'p-limit';

import type { Shot } from './shots';

/** What came back; 0 for no answer. */
export interface Hit {
	shot: Shot;
	status: number;
	answer: string;
}

const patienceMs = 60_000;

/** Sends one request over a connection of its own, as a sender that is new each time does. Never throws. */
export const shoot = (url: string, shot: Shot): Promise<Hit> =>
	new Promise((resolve) => {
		const { method = 'POST', headers, body, breaksAfter } = shot;
		const missed = () => resolve({ shot, status: 0, answer: '' });
		const wire = request(url, {
			method,
			agent: false,
			timeout: patienceMs,
			headers: { ...headers, 'content-length': body.length, connection: 'close' },
		});
		wire.on('timeout', () => wire.destroy());
		wire.on('error', missed);
		wire.on('response', (response) => {
			text(response).then((answer) => resolve({ shot, status: response.statusCode ?? 0, answer: answer.slice(0, 300) }), missed);
		});
		if (breaksAfter === undefined) wire.end(body);
		else wire.write(body.subarray(0, breaksAfter), () => setTimeout(() => wire.destroy(), 20));
	});

/** Sends them in their order, so many at the same time. */
export async function shootAll(url: string, rounds: ReadonlyArray<{ load: () => Shot }>, concurrency: number): Promise<Hit[]> {
	const inFlight = pLimit(concurrency);
	return await Promise.all(rounds.map(({ load }) => inFlight(() => shoot(url, load()))));
}

/** How many of each kind were answered in which way, where that isn't right. */
export function wrongAnswers(hits: Hit[]): string[] {
	const wrong = new Map<string, number>();
	for (const { shot, status, answer } of hits) {
		if (shot.right.includes(status)) continue;
		const what = `${shot.kind}: ${status} instead of ${shot.right.join(' or ')} ${answer.replace(/\d+/g, '…').slice(0, 120)}`;
		wrong.set(what, (wrong.get(what) ?? 0) + 1);
	}
	return [...wrong].map(([what, count]) => `${count} × ${what}`);
}
