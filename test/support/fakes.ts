import type { Answer, Clock, HttpRequest, HttpResponse, Send, Transport } from '../../lib/http/types';

/** A clock that jumps: sleeping takes no time, and is remembered. */
export function fakeClock(startMs = 1_800_000_000_000): Clock & { slept: number[] } {
	let now = startMs;
	const slept: number[] = [];
	return {
		slept,
		now: () => now,
		async sleep(ms, signal) {
			slept.push(ms);
			const until = now + ms;
			await Promise.resolve();
			// Sleeps that overlap don't add up.
			if (!signal?.aborted) now = Math.max(now, until);
		},
	};
}

/** An answer to a first attempt. */
export const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}): Answer => ({
	status,
	headers,
	text: typeof body === 'string' ? body : JSON.stringify(body),
	attempts: 1,
});

/** LearnCoin's refusal, as its documents have it (fact sheet 4). */
export const refused = (status: number, code: string, message: string): Answer =>
	answer(status, { error: { code, message, request_id: 'req_1A2B3C4D5E6F' } }, { 'x-request-id': 'req_header' });

/** Gives these outcomes one after another, the last one for ever, and counts the attempts. */
export function transportOf(...outcomes: Array<HttpResponse | Error>): Transport & { attempts: () => number } {
	let attempts = 0;
	const transport = async () => {
		const outcome = outcomes[Math.min(attempts++, outcomes.length - 1)]!;
		if (outcome instanceof Error) throw outcome;
		return outcome;
	};
	return Object.assign(transport, { attempts: () => attempts });
}

/** A `send` that gives these answers in turn, and what it was asked. */
export function fakeSend(...answers: Array<Answer | Error>): { send: Send; requests: HttpRequest[] } {
	const requests: HttpRequest[] = [];
	const send: Send = async (request) => {
		requests.push(request);
		const next = answers.shift();
		if (!next) throw new Error(`No answer is left for ${request.method} ${request.url}`);
		return next instanceof Error ? await Promise.reject(next) : next;
	};
	return { send, requests };
}
