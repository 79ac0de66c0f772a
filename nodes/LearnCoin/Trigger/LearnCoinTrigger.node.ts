import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { learnCoinApiTest } from '../shared/checkCredential';
import { readWholeBody, receiveDelivery } from './delivery';
import { isRegistered, register, unregister } from './registration';
import { subscriptionProperties } from './subscription';

export class LearnCoinTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LearnCoin Trigger',
		name: 'learnCoinTrigger',
		icon: { light: 'file:learnCoinTrigger.svg', dark: 'file:learnCoinTrigger.dark.svg' },
		group: ['trigger'],
		// For a trigger of version 1, n8n evaluates an expression with each request before the node is asked, forged or not (2.40,
		// `parseRequestBody`): that took more than all that this node does. The versions are the same in everything else.
		version: [1, 1.1],
		subtitle: '={{ [].concat($parameter["events"], $parameter["otherEvents"] || []).join(", ") }}',
		description: 'Start a workflow when LearnCoin has anchored a batch, or revoked or erased a credential',
		eventTriggerDescription: 'Waiting for LearnCoin to send an event',
		activationMessage: 'LearnCoin now sends the chosen events to this workflow.',
		defaults: { name: 'LearnCoin Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'learnCoinApi', required: true, testedBy: 'learnCoinApiTest' }],
		// An empty `responseData` has n8n take the answer from `webhook()`; without one it answers with the name of a setting.
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'learncoin' }],
		properties: [
			{
				displayName:
					'Publishing the workflow registers it with LearnCoin, unpublishing removes it again. LearnCoin must be able to reach this n8n from the internet.',
				name: 'registrationNotice',
				type: 'notice',
				default: '',
			},
			...subscriptionProperties,
			{
				displayName: 'Tolerance (Seconds)',
				name: 'toleranceSeconds',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 300,
				description: 'How old the signature of a delivery may be, and how far the two clocks may be apart. Older ones are refused.',
			},
		],
	};

	methods = { credentialTest: { learnCoinApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		await readWholeBody(this);
		return receiveDelivery(this);
	}
}
