import { sleep } from 'n8n-workflow';

import type { Clock } from '../http/types';

/** n8n's `sleep` can't be interrupted, so its timers are kept short: none outlives a stopped wait by more than this. */
const sliceMs = 1_000;

export const n8nClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const until = Date.now() + ms;
		const stopped = signal && whenAborted(signal);
		for (let left = ms; left > 0 && !signal?.aborted; left = until - Date.now()) {
			const slice = sleep(Math.min(left, sliceMs));
			await (stopped ? Promise.race([slice, stopped.promise]) : slice);
		}
		stopped?.forget();
	},
};

/**
 * Thousands of items may wait for the same signal. Each signal gets one listener for all of them, because Node warns of a leak from the
 * eleventh on, and each wait a promise of its own, because what is chained to a promise that lives as long as the run lives as long too.
 */
const wakers = new WeakMap<AbortSignal, Set<() => void>>();

function whenAborted(signal: AbortSignal): { promise: Promise<void>; forget: () => void } {
	const waiting = wakers.get(signal) ?? listen(signal);
	let wake = () => {};
	const promise = new Promise<void>((resolve) => (wake = resolve));
	waiting.add(wake);
	return { promise, forget: () => waiting.delete(wake) };
}

function listen(signal: AbortSignal): Set<() => void> {
	const waiting = new Set<() => void>();
	wakers.set(signal, waiting);
	signal.addEventListener('abort', () => waiting.forEach((wake) => wake()), { once: true });
	return waiting;
}
