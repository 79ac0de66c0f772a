import { ExplainedFailure, inWords } from '../../http/explained';
import type { PollSetup } from '../../http/poll';
import type { BatchId } from '../api/checks';
import type { LearnCoinClient } from '../api/client';
import type { Batch } from '../api/types';
import { batchState, lookSoonAfterCreating, waitForAnchor } from './batchState';

/** A batch as it was last seen, and why no more is known of it, as sentences. */
export interface FollowedBatch {
	batch: Batch;
	note?: string;
}

/**
 * Looks at a batch that was accepted until it is anchored or given up, or the time is up. Never rejects: whatever happens meanwhile, the batch
 * was accepted, and its ID is not given up for a state that could not be read.
 */
export async function followBatch(
	created: Batch,
	client: LearnCoinClient,
	times: Pick<PollSetup<Batch>, 'pollIntervalMs' | 'waitTimeoutMs' | 'clock' | 'stop'>,
): Promise<FollowedBatch> {
	if (batchState(created) === 'anchored') return { batch: created };
	const look = async () => await lookSoonAfterCreating(created, async () => await client.getBatch(created.id as BatchId, true));
	try {
		return { batch: (await waitForAnchor({ look, ...times })) ?? created };
	} catch (error) {
		const why = error instanceof ExplainedFailure ? inWords(error) : 'Its state could not be read.';
		return { batch: created, note: `The batch was accepted, but whether it is anchored is not known. ${why}` };
	}
}
