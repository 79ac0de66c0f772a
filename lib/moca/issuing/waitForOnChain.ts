import { ExplainedFailure } from '../../http/explained';
import { poll, type PollSetup } from '../../http/poll';
import type { StatusResult } from './client';

/** How to wait; Moca's documents advise 1 s, doubling to 30 s, five minutes in all (docs/api/moca.md 4.2). */
export interface WaitSetup extends Omit<PollSetup<StatusResult>, 'look' | 'isFinal'> {
	/** Asks for the status once. */
	ask: () => Promise<StatusResult>;
}

/**
 * Looks until the credential is on-chain, in an undocumented state, or the time is up. Resolves with the last status; `undefined` when it
 * was stopped before the first look. Rejects with what `ask` rejects with.
 */
export const waitForOnChain = ({ ask, ...times }: WaitSetup): Promise<StatusResult | undefined> =>
	poll({ look: ask, isFinal: ({ state }) => state !== 'waiting', ...times });

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
