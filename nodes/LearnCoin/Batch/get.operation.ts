import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { checkBatchId, type BatchId } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { waitForAnchor } from '../../../lib/learncoin/batches/batchState';
import { locator } from '../../form/locator';
import { learnCoinAccess } from '../shared/access';
import { batchIdSource } from '../shared/hints';
import { lookedUpProperty, ofOne, readLookedUp, type LookedUp } from './lookedUp';

export const fields = updateDisplayOptions({ show: { operation: ['get', 'wait'] } }, [
	locator({
		displayName: 'Batch',
		name: 'batch',
		description: 'The batch to look at',
		searchMethod: 'searchBatches',
		exampleId: 'bat_01HXYZABCDEF1234567890ABCD',
		idForm: { regex: '^\\s*bat_[A-Za-z0-9]+\\s*$', errorMessage: 'The ID starts with bat_' },
	}),
	lookedUpProperty,
]);

interface GetRequest {
	client: LearnCoinClient;
	id: BatchId;
	waits: boolean;
	output: LookedUp;
}

/** Get and Wait ask the same; Wait asks again until the batch is anchored or given up. */
export const operation = itemOperation<GetRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => ({
			client: (await accessFor(index)).client,
			id: checkBatchId(context.getNodeParameter('batch', index, '', { extractValue: true }), batchIdSource),
			waits: context.getNodeParameter('operation', index) === 'wait',
			output: readLookedUp(context, index),
		}),
		begin: async ({ client, id, waits, output }) => {
			const look = async () => await client.getBatch(id);
			if (!waits) return { done: ofOne(await look(), output) };
			const { pollIntervalMs, waitTimeoutMs } = run.options;
			return {
				waiting: async () =>
					ofOne(
						(await waitForAnchor({ look, pollIntervalMs, waitTimeoutMs, clock: run.clock, stop: run.stop })) ?? { id, status: 'pending' },
						output,
					),
			};
		},
		messages: { done: 'looked up', runningAgain: () => 'Running again is safe: looking changes nothing.' },
	};
});
