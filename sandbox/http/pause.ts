import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after `ms` milliseconds, or at once when `stopping` is aborted, so that no timer outlives the sandbox. */
export async function pause(ms: number, stopping: AbortSignal): Promise<void> {
	if (ms <= 0 || stopping.aborted) return;
	try {
		await sleep(ms, undefined, { signal: stopping });
	} catch (error) {
		if (!stopping.aborted) throw error;
	}
}
