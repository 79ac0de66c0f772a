import type { IExecuteFunctions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import type { Operation, Run } from '../../../lib/items/runOperation';
import { webhookLocator, webhookReader, type WebhookRequest } from './webhookRequest';

export const description = updateDisplayOptions({ show: { operation: ['delete'] } }, [webhookLocator]);

/** One that isn't there any more is deleted, too. */
export const createDelete =
	(context: IExecuteFunctions) =>
	(run: Run): Operation<WebhookRequest> => ({
		read: webhookReader(context, run),
		begin: async ({ client, id }) => {
			const wasThere = await client.deleteWebhook(id);
			return {
				done: { id, deleted: true, ...(!wasThere && { note: 'LearnCoin knew no such webhook any more; there was nothing to delete.' }) },
			};
		},
		keyOf: ({ id }) => id,
		words: { done: 'deleted', runningAgain: () => 'Running again is safe: what is deleted stays so.' },
	});
