import type { Clock } from './types';
import { SendingStopped } from './types';

export interface PollSetup<State> {
	/** Looks once. */
	look: () => Promise<State>;
	/** Whether there is nothing more to wait for. */
	isFinal: (state: State) => boolean;
	/** Milliseconds before the first look; doubles up to 30 s. */
	pollIntervalMs: number;
	/** Milliseconds after which the wait ends with whatever is known. */
	waitTimeoutMs: number;
	clock: Clock;
	/** Once aborted, the wait ends at once with whatever is known. */
	stop?: AbortSignal;
	/** A number in [0, 1). */
	random?: () => number;
}

/** From look to look a wait doubles, up to this. */
export const longestIntervalMs = 30_000;
const shortestIntervalMs = 100;
/** Each interval is up to this share shorter or longer, so that what was begun together isn't asked for together. */
const jitter = 0.1;

/** What is taken for an interval that somebody entered, or that has doubled. */
export const boundedInterval = (ms: number): number => Math.min(longestIntervalMs, Math.max(shortestIntervalMs, ms));

/** @param random a number in [0, 1) */
export const jittered = (ms: number, random: number): number => ms * (1 - jitter + 2 * jitter * random);

/**
 * Looks until the state is final or the time is up. Resolves with the last state; `undefined` when it was stopped before the first look.
 * Rejects with what `look` rejects with.
 */
export async function poll<State>({
	look,
	isFinal,
	clock,
	stop,
	random = Math.random,
	...times
}: PollSetup<State>): Promise<State | undefined> {
	const deadline = clock.now() + times.waitTimeoutMs;
	let last: State | undefined;
	for (let intervalMs = boundedInterval(times.pollIntervalMs); ; intervalMs = boundedInterval(intervalMs * 2)) {
		await clock.sleep(Math.max(0, Math.min(jittered(intervalMs, random()), deadline - clock.now())), stop);
		const state = stop?.aborted ? undefined : await look().catch(undefinedIfStopped);
		if (state === undefined) return last;
		if (isFinal(state) || clock.now() >= deadline) return state;
		last = state;
	}
}

const undefinedIfStopped = (error: unknown): Promise<undefined> =>
	error instanceof SendingStopped ? Promise.resolve(undefined) : Promise.reject(error as Error);
