import type { IDataObject } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { Outputs } from '../../../lib/items/outcome';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { collect } from '../../../lib/learncoin/api/pages';
import type { Webhook } from '../../../lib/learncoin/api/types';
import { manyProperties, readLimit } from '../../form/limit';
import { learnCoinAccess } from '../shared/access';

export const fields = updateDisplayOptions({ show: { operation: ['getMany'] } }, manyProperties);

interface ListRequest {
	client: LearnCoinClient;
	limit: number;
}

export const operation = itemOperation<ListRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => ({ client: (await accessFor(index)).client, limit: readLimit(context, index) }),
		begin: async ({ client, limit }) => {
			const webhooks = await collect(async (cursor, pageSize) => await client.listWebhooks({ cursor, limit: pageSize }), limit);
			return { done: new Outputs(webhooks.map((webhook) => ({ json: withoutSecret(webhook) }))) };
		},
		messages: { done: 'listed', runningAgain: () => 'Running again is safe: listing changes nothing.' },
	};
});

/** The secret is in the result of Create alone, whatever a list may hold. */
const withoutSecret = (webhook: Webhook): IDataObject =>
	Object.fromEntries(Object.entries(webhook as IDataObject).filter(([name]) => name !== 'signing_secret'));
