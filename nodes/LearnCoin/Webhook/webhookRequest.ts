import type { IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../../lib/items/run';
import { checkWebhookId, type WebhookId } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { locator } from '../../form/locator';
import { learnCoinAccess } from '../shared/access';
import { webhookIdSource } from '../shared/hints';

export const webhookLocator = locator({
	displayName: 'Webhook',
	name: 'webhook',
	description: 'The registered address',
	searchMethod: 'searchWebhooks',
	exampleId: 'whk_01HXYZABCDEF1234567890ABCD',
	idForm: { regex: '^\\s*whk_[A-Za-z0-9]+\\s*$', errorMessage: 'The ID starts with whk_' },
});

export interface WebhookRequest {
	client: LearnCoinClient;
	id: WebhookId;
}

/** What every operation on one webhook reads. */
export function webhookReader(context: IExecuteFunctions, run: Run): (index: number) => Promise<WebhookRequest> {
	const accessFor = learnCoinAccess(context, run);
	return async (index) => ({
		client: (await accessFor(index)).client,
		id: checkWebhookId(context.getNodeParameter('webhook', index, '', { extractValue: true }), webhookIdSource),
	});
}
