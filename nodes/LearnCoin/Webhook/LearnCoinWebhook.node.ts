import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runChosen } from '../../../lib/items/nodeOperations';
import { isForModel } from '../../../lib/n8n/forModel';
import { hiddenInTools, notForModels, onlyResource } from '../../form/forModels';
import { optionsProperty } from '../../form/options';
import { learnCoinApiTest } from '../shared/checkCredential';
import { searchWebhooks } from '../shared/lists';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as getMany from './getMany.operation';
import * as sendTest from './sendTest.operation';

export class LearnCoinWebhook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LearnCoin Webhook',
		name: 'learnCoinWebhook',
		icon: { light: 'file:learnCoinWebhook.svg', dark: 'file:learnCoinWebhook.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Register the addresses that LearnCoin tells of events',
		defaults: { name: 'LearnCoin Webhook' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'learnCoinApi', required: true, testedBy: 'learnCoinApiTest' }],
		properties: [
			onlyResource('Webhook', 'webhook'),
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['webhook'] } },
				options: [
					{
						name: 'Create',
						value: 'create',
						action: 'Create a webhook',
						description: 'Register an address. The only time that its signing secret is shown.',
						...hiddenInTools,
					},
					{
						name: 'Delete',
						value: 'delete',
						action: 'Delete a webhook permanently',
						description: 'Stop deliveries to an address',
						...hiddenInTools,
					},
					{ name: 'Get Many', value: 'getMany', action: 'Get many webhooks', description: 'List the registered addresses' },
					{
						name: 'Test',
						value: 'test',
						action: 'Test a webhook',
						description: 'Have LearnCoin send a test event, and see what the receiver answers',
					},
				],
				default: 'getMany',
			},
			...create.fields,
			...remove.fields,
			...getMany.fields,
			...sendTest.fields,
			optionsProperty(),
		],
	};

	methods = { credentialTest: { learnCoinApiTest }, listSearch: { searchWebhooks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const onlyPeople = isForModel(this);
		return await runChosen(this, {
			create: onlyPeople ? notForModels(create.whyNotForModels) : create.operation,
			delete: onlyPeople ? notForModels(remove.whyNotForModels) : remove.operation,
			getMany: getMany.operation,
			test: sendTest.operation,
		});
	}
}
