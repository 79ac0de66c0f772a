import type { Answer, Clock, HttpRequest, HttpResponse, Send, Transport } from '../../lib/http/types';

/** More than any test needs: what never ends is to fail, not to hang. */
const mostSleeps = 10_000;

/** A clock that jumps from one sleeper to the next: each wakes at its own time, those of the same time in the order in which they fell asleep. */
export function fakeClock(startMs = 1_800_000_000_000): Clock & { slept: number[] } {
	let now = startMs;
	const slept: number[] = [];
	const sleepers = new Set<{ until: number; wake: () => void }>();
	const wakeNext = () => {
		const [next] = [...sleepers].sort((one, other) => one.until - other.until);
		if (!next) return;
		sleepers.delete(next);
		now = Math.max(now, next.until);
		next.wake();
	};
	return {
		slept,
		now: () => now,
		async sleep(ms, signal) {
			if (slept.push(ms) > mostSleeps) throw new Error('It sleeps for ever');
			if (signal?.aborted) return;
			await new Promise<void>((wake) => {
				const sleeper = { until: now + ms, wake };
				sleepers.add(sleeper);
				signal?.addEventListener('abort', () => sleepers.delete(sleeper) && wake(), { once: true });
				// Only once everybody who is awake has done what they can.
				setImmediate(wakeNext);
			});
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

/** LearnCoin's refusal, as its documents have it (docs/api/learncoin.md 4). */
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
