import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { itemOperation } from '../../../lib/items/nodeOperations';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { collect } from '../../../lib/learncoin/api/pages';
import { batchStatuses, type BatchStatus } from '../../../lib/learncoin/api/types';
import { manyProperties, readLimit } from '../../form/limit';
import { learnCoinAccess } from '../shared/access';
import { lookedUpProperty, ofMany, readLookedUp, type LookedUp } from './lookedUp';

const properties: INodeProperties[] = [
	...manyProperties,
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Anchored', value: 'anchored' },
			{ name: 'Any', value: '' },
			{ name: 'Failed', value: 'failed' },
			{ name: 'Pending', value: 'pending' },
			{ name: 'Signed', value: 'signed' },
		],
		default: '',
		description: 'Only batches that are so far',
	},
	lookedUpProperty,
];

export const fields = updateDisplayOptions({ show: { operation: ['getMany'] } }, properties);

interface ListRequest {
	client: LearnCoinClient;
	limit: number;
	output: LookedUp;
	status?: BatchStatus;
}

/** All pages, newest first. */
export const operation = itemOperation<ListRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => ({
			client: (await accessFor(index)).client,
			limit: readLimit(context, index),
			output: readLookedUp(context, index),
			...checkStatus(context.getNodeParameter('status', index, '')),
		}),
		begin: async ({ client, limit, output, status }) => {
			const batches = await collect(
				async (cursor, pageSize) => await client.listBatches({ cursor, limit: pageSize, ...(status && { status }) }),
				limit,
			);
			return { done: await ofMany(batches, output, limit, client) };
		},
		messages: { done: 'listed', runningAgain: () => 'Running again is safe: listing changes nothing.' },
	};
});

function checkStatus(value: unknown): { status?: BatchStatus } {
	if (value === '' || value === undefined || value === null) return {};
	const status = batchStatuses.find((known) => known === value);
	if (status) return { status };
	throw new ExplainedFailure(`“${String(value)}” is not a status of a batch`, {
		hint: `Choose one of ${batchStatuses.join(', ')}, or Any.`,
	});
}
