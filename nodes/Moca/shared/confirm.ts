import type { Run } from '../../../lib/items/run';
import type { StatusResult } from '../../../lib/moca/issuing/client';
import { waitForOnChain } from '../../../lib/moca/issuing/waitForOnChain';

/** Waits as the node's options say. `undefined` when the run was stopped before the first look. */
export const confirm = (run: Run, ask: () => Promise<StatusResult>): Promise<StatusResult | undefined> =>
	waitForOnChain({
		ask,
		clock: run.clock,
		stop: run.stop,
		pollIntervalMs: run.options.pollIntervalMs,
		waitTimeoutMs: run.options.waitTimeoutMs,
	});

/** The contract's word for a state. */
export const outcomeOf = (status: StatusResult | undefined): 'onChain' | 'pending' | 'unknown' => {
	if (status?.state === 'onChain') return 'onChain';
	return status?.state === 'unknown' ? 'unknown' : 'pending';
};
