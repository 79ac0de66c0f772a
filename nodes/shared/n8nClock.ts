import { sleep } from 'n8n-workflow';

import type { Clock } from '../../lib/http/types';

/** n8n's `sleep` can't be interrupted, so its timers are kept short: none outlives a stopped wait by more than this. */
const sliceMs = 1_000;

export const n8nClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const until = Date.now() + ms;
		const aborted = whenAborted(signal);
		for (let left = ms; left > 0 && !signal?.aborted; left = until - Date.now()) {
			await Promise.race([sleep(Math.min(left, sliceMs)), aborted.promise]);
		}
		aborted.forget();
	},
};

function whenAborted(signal: AbortSignal | undefined): { promise: Promise<void>; forget: () => void } {
	let forget = () => {};
	const promise = new Promise<void>((resolve) => {
		const listener = () => resolve();
		signal?.addEventListener('abort', listener, { once: true });
		forget = () => signal?.removeEventListener('abort', listener);
	});
	return { promise, forget };
}
