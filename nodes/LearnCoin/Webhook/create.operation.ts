import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { checkSendable } from '../../../lib/http/sendable';
import { itemOperation } from '../../../lib/items/nodeOperations';
import { checkEvents, checkWebhookUrl, type WebhookUrl } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { derivedKey, type IdempotencyKey } from '../../../lib/learncoin/api/idempotency';
import { learnCoinAccess } from '../shared/access';
import { howToBeReached } from '../shared/hints';

const properties: INodeProperties[] = [
	{
		displayName: 'For starting a workflow, use LearnCoin Trigger: it registers and removes itself, and checks every delivery’s signature.',
		name: 'triggerNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/learncoin',
		description: 'The address that LearnCoin is to call, which it must be able to reach from the internet',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Batch Anchored', value: 'batch.anchored' },
			{ name: 'Batch Created', value: 'batch.created' },
			{ name: 'Credential Erased', value: 'credential.erased' },
			{ name: 'Credential Revoked', value: 'credential.revoked' },
			{ name: 'Webhook Test', value: 'webhook.test' },
		],
		default: ['batch.anchored'],
		required: true,
		description: 'What LearnCoin is to tell. An expression can give names that are not in this list.',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What it is for, so that it can be told from others in the list',
	},
	{
		displayName:
			'LearnCoin shows the signing secret only now: it is in this node’s output, and never again. Store it from there in a safe place. n8n keeps it with the execution as long as it saves executions.',
		name: 'secretNotice',
		type: 'notice',
		default: '',
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['create'] } }, properties);

/** Its result holds the signing secret. */
export const whyNotForModels =
	'No webhook was created: AI agents cannot do that, because its result holds a signing secret that nobody else may see. ' +
	'A person can: to start a workflow with the LearnCoin Trigger, which registers itself; for another receiver with the LearnCoin Webhook node in a workflow, outside an agent.';

interface CreateRequest {
	client: LearnCoinClient;
	key: IdempotencyKey;
	url: WebhookUrl;
	events: string[];
	description: string;
}

export const operation = itemOperation<CreateRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => {
			const { client, account } = await accessFor(index);
			return {
				client,
				// The same for all tries of one run, so that Retry On Fail after a lost answer registers no second one. One derived from
				// the values would bring back, for a day, an endpoint that was deleted meanwhile, with its secret.
				key: derivedKey('webhook', run.id, String(index)),
				url: checkWebhookUrl(context.getNodeParameter('url', index, ''), account, howToBeReached),
				events: checkEvents(asList(context.getNodeParameter('events', index, []))),
				description: checkSendable(String(context.getNodeParameter('description', index, '') ?? '').trim(), 'The description'),
			};
		},
		begin: async ({ client, key, ...webhook }) => ({ done: (await client.createWebhook(webhook, key)) as IDataObject }),
		messages: {
			done: 'registered',
			runningAgain: () => 'Before running again, delete what was registered: each run registers another one.',
		},
	};
});

/** An expression may give one name, or several with commas. */
const asList = (value: unknown): unknown => (typeof value === 'string' ? value.split(',') : value);
