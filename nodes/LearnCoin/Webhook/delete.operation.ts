import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { webhookLocator, webhookReader, type WebhookRequest } from './webhookRequest';

export const fields = updateDisplayOptions({ show: { operation: ['delete'] } }, [webhookLocator]);

/** It can't be undone: a new one has another secret. */
export const whyNotForModels =
	'No webhook was deleted: AI agents cannot do that, because whoever receives its events would get none any more, and a new one has another signing secret. ' +
	'A person can, with the LearnCoin Webhook node in a workflow, outside an agent, or by unpublishing the workflow whose trigger registered it.';

/** One that isn't there any more is deleted, too. */
export const operation = itemOperation<WebhookRequest>((context, run) => ({
	read: webhookReader(context, run),
	begin: async ({ client, id }) => {
		const wasThere = await client.deleteWebhook(id);
		return {
			done: { id, deleted: true, ...(!wasThere && { note: 'LearnCoin knew no such webhook any more; there was nothing to delete.' }) },
		};
	},
	keyOf: ({ id }) => id,
	messages: { done: 'deleted', runningAgain: () => 'Running again is safe: what is deleted stays so.' },
}));
