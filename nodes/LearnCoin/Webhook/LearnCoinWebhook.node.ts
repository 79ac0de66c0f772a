import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchWebhooks } from '../shared/lists';
import { learnCoinApiTest } from '../shared/connectionTest';
import { optionsProperty } from '../../form/options';
import { runOperation } from '../../../lib/items/runOperation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as getMany from './getMany.operation';
import * as test from './test.operation';

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
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Create',
						value: 'create',
						action: 'Create a webhook',
						description: 'Register an address. The only time that its signing secret is shown.',
					},
					{ name: 'Delete', value: 'delete', action: 'Delete a webhook', description: 'Stop deliveries to an address' },
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
			...create.description,
			...remove.description,
			...getMany.description,
			...test.description,
			optionsProperty(),
		],
	};

	methods = { credentialTest: { learnCoinApiTest }, listSearch: { searchWebhooks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0);
		if (operation === 'create') return await runOperation(this, create.createCreate(this));
		if (operation === 'delete') return await runOperation(this, remove.createDelete(this));
		if (operation === 'test') return await runOperation(this, test.createTest(this));
		return await runOperation(this, getMany.createGetMany(this));
	}
}
