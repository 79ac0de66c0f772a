import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { LearnCoinClient } from '../../../lib/learncoin/client';
import { learnCoinAccess } from '../shared/access';
import type { Operation, Run } from '../../../lib/items/runOperation';

/** The tenant is that of the API key, so there is nothing to fill in. */
export const createGet =
	(context: IExecuteFunctions) =>
	(run: Run): Operation<LearnCoinClient> => {
		const accessFor = learnCoinAccess(context, run);
		return {
			read: async (index) => (await accessFor(index)).client,
			begin: async (client) => ({ done: (await client.getTenant()) as IDataObject }),
			words: { done: 'looked up', runningAgain: () => 'Running again is safe: looking changes nothing.' },
		};
	};
