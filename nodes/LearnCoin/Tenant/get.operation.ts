import type { IDataObject } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { creditsLeft } from '../../../lib/learncoin/api/credits';
import { learnCoinAccess } from '../shared/access';

interface GetRequest {
	client: LearnCoinClient;
}

/** The tenant is that of the API key, so there is nothing to fill in. */
export const operation = itemOperation<GetRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => ({ client: (await accessFor(index)).client }),
		begin: async ({ client }) => {
			const tenant = await client.getTenant();
			const left = creditsLeft(tenant);
			return { done: { ...(tenant as IDataObject), ...(left !== undefined && { credentials_left_this_month: left }) } };
		},
		messages: { done: 'looked up', runningAgain: () => 'Running again is safe: looking changes nothing.' },
	};
});
