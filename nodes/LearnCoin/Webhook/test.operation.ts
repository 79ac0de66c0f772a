import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { freshKey } from '../../../lib/learncoin/idempotency';
import type { Operation, Run } from '../../../lib/items/runOperation';
import { webhookLocator, webhookReader, type WebhookRequest } from './webhookRequest';

export const description = updateDisplayOptions({ show: { operation: ['test'] } }, [webhookLocator]);

/** What the receiver answered comes out as it is, also when it was not delivered: that is what the test is for. */
export const createTest =
	(context: IExecuteFunctions) =>
	(run: Run): Operation<WebhookRequest> => ({
		read: webhookReader(context, run),
		begin: async ({ client, id }) => ({ done: { id, ...((await client.testWebhook(id, freshKey())) as IDataObject) } }),
		words: { done: 'tested', runningAgain: () => 'Running again is safe: each run sends a test event.' },
	});
