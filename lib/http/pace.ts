import type { Clock } from './types';

/** Spacing, in ms between two requests, that a first 429 brings to a run without a rate of its own. */
const firstSpacingMs = 20;
const widestSpacingMs = 2_000;
const recovery = 0.9;

export interface Pace {
	/** Resolves when the next request may start, or at once when `signal` aborts. */
	turn(signal?: AbortSignal): Promise<void>;
	/** The service is overloaded: nothing starts for `ms`, and afterwards requests start further apart. */
	slowDown(ms: number): void;
	/** A request went through: after a slowdown, the spacing shrinks back step by step. */
	wentThrough(): void;
}

/**
 * When requests of one run may start. Starts are spaced by reserving a point in time for each, so late timers don't add up and the rate
 * is never exceeded.
 *
 * @param requestsPerSecond 0 = no limit
 */
export function createPace(requestsPerSecond: number, clock: Clock): Pace {
	const ownSpacingMs = requestsPerSecond > 0 ? 1000 / requestsPerSecond : 0;
	let spacingMs = ownSpacingMs;
	let nextStart = 0;
	let pausedUntil = 0;

	return {
		async turn(signal) {
			do {
				const now = clock.now();
				const start = Math.max(now, nextStart, pausedUntil);
				nextStart = start + spacingMs;
				if (start > now) await clock.sleep(start - now, signal);
				// A pause may have begun during the sleep: then line up again.
			} while (clock.now() < pausedUntil && !signal?.aborted);
		},
		slowDown(ms) {
			pausedUntil = Math.max(pausedUntil, clock.now() + ms);
			spacingMs = Math.min(widestSpacingMs, Math.max(firstSpacingMs, spacingMs * 2));
		},
		wentThrough() {
			if (spacingMs === ownSpacingMs) return;
			const next = spacingMs * recovery;
			spacingMs = next < Math.max(1, ownSpacingMs) ? ownSpacingMs : next;
		},
	};
}
