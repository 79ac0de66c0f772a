import type { IDataObject } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { freshKey } from '../../../lib/learncoin/api/idempotency';
import { webhookLocator, webhookReader, type WebhookRequest } from './webhookRequest';

export const fields = updateDisplayOptions({ show: { operation: ['test'] } }, [webhookLocator]);

/** What the receiver answered comes out as it is, also when it was not delivered: that is what the test is for. */
export const operation = itemOperation<WebhookRequest>((context, run) => ({
	read: webhookReader(context, run),
	begin: async ({ client, id }) => ({ done: { id, ...((await client.testWebhook(id, freshKey())) as IDataObject) } }),
	messages: { done: 'tested', runningAgain: () => 'Running again is safe: each run sends a test event.' },
}));
