import type { IDataObject } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { checkBatchId, type BatchId } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import type { Batch } from '../../../lib/learncoin/api/types';
import { waitForAnchor } from '../../../lib/learncoin/batches/batchState';
import { locator } from '../../form/locator';
import { learnCoinAccess } from '../shared/access';
import { batchJson } from '../shared/badge';
import { batchIdSource } from '../shared/hints';
import { outcomeOf } from './output';

export const fields = updateDisplayOptions({ show: { operation: ['get', 'wait'] } }, [
	locator({
		displayName: 'Batch',
		name: 'batch',
		description: 'The batch to look at',
		searchMethod: 'searchBatches',
		exampleId: 'bat_01HXYZABCDEF1234567890ABCD',
		idForm: { regex: '^\\s*bat_[A-Za-z0-9]+\\s*$', errorMessage: 'The ID starts with bat_' },
	}),
]);

interface GetRequest {
	client: LearnCoinClient;
	id: BatchId;
	waits: boolean;
}

/** Get and Wait ask the same; Wait asks again until the batch is anchored or given up. */
export const operation = itemOperation<GetRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => ({
			client: (await accessFor(index)).client,
			id: checkBatchId(context.getNodeParameter('batch', index, '', { extractValue: true }), batchIdSource),
			waits: context.getNodeParameter('operation', index) === 'wait',
		}),
		begin: async ({ client, id, waits }) => {
			const look = async () => await client.getBatch(id);
			if (!waits) return { done: toJson(await look()) };
			const { pollIntervalMs, waitTimeoutMs } = run.options;
			return {
				waiting: async () =>
					toJson(
						(await waitForAnchor({ look, pollIntervalMs, waitTimeoutMs, clock: run.clock, stop: run.stop })) ?? { id, status: 'pending' },
					),
			};
		},
		messages: { done: 'looked up', runningAgain: () => 'Running again is safe: looking changes nothing.' },
	};
});

const toJson = (batch: Batch): IDataObject => ({ ...batchJson(batch), outcome: outcomeOf(batch, 'pending') });
