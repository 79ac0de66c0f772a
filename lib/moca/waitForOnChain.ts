import { ExplainedFailure } from '../http/explained';
import type { Clock } from '../http/types';
import { SendingStopped } from '../http/types';
import type { StatusResult } from './client';

export interface WaitSetup {
	/** Asks for the status once. */
	ask: () => Promise<StatusResult>;
	/** Milliseconds before the first look; doubles up to 30 s (fact sheet 4.2). */
	pollIntervalMs: number;
	/** Milliseconds after which the wait ends with whatever is known. */
	waitTimeoutMs: number;
	clock: Clock;
	/** Once aborted, the wait ends at once with whatever is known. */
	stop?: AbortSignal;
	/** A number in [0, 1). */
	random?: () => number;
}

const longestIntervalMs = 30_000;
const shortestIntervalMs = 100;
/** Each interval is up to this share shorter or longer, so that items issued together aren't asked for together. */
const jitter = 0.1;

/**
 * Looks until the credential is on-chain, in an undocumented state, or the time is up. Resolves with the last status; `undefined` when it
 * was stopped before the first look. Rejects with what `ask` rejects with.
 */
export async function waitForOnChain({
	ask,
	pollIntervalMs,
	waitTimeoutMs,
	clock,
	stop,
	random = Math.random,
}: WaitSetup): Promise<StatusResult | undefined> {
	const deadline = clock.now() + waitTimeoutMs;
	let last: StatusResult | undefined;
	for (let intervalMs = pollIntervalMs; ; intervalMs *= 2) {
		const jittered = clamp(intervalMs) * (1 - jitter + 2 * jitter * random());
		await clock.sleep(Math.max(0, Math.min(jittered, deadline - clock.now())), stop);
		const status = stop?.aborted ? undefined : await ask().catch(undefinedIfStopped);
		if (!status) return last;
		if (status.state !== 'waiting' || clock.now() >= deadline) return status;
		last = status;
	}
}

const clamp = (intervalMs: number) => Math.min(longestIntervalMs, Math.max(shortestIntervalMs, intervalMs));

const undefinedIfStopped = (error: unknown): Promise<undefined> =>
	error instanceof SendingStopped ? Promise.resolve(undefined) : Promise.reject(error as Error);

/**
 * For the first minutes of a credential: a hash that was just given out and isn't found yet counts as waiting, because whether the status
 * knows a hash at once isn't documented.
 */
export async function statusSoonAfterIssuing(ask: () => Promise<StatusResult>): Promise<StatusResult> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof ExplainedFailure && error.details.httpStatus === 404) return { state: 'waiting', fields: {} };
		return await Promise.reject(error as Error);
	}
}
