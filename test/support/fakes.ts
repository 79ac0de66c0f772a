import type { Clock, HttpResponse, Transport } from '../../lib/http/types';

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

export const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}): HttpResponse => ({
	status,
	headers,
	text: typeof body === 'string' ? body : JSON.stringify(body),
});

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
