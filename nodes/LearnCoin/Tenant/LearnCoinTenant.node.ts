import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runChosen } from '../../../lib/items/nodeOperations';
import { onlyResource } from '../../form/forModels';
import { optionsProperty } from '../../form/options';
import { learnCoinApiTest } from '../shared/checkCredential';
import * as get from './get.operation';
import * as update from './update.operation';

export class LearnCoinTenant implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LearnCoin Tenant',
		name: 'learnCoinTenant',
		icon: { light: 'file:learnCoinTenant.svg', dark: 'file:learnCoinTenant.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'See and change your own organization at LearnCoin',
		defaults: { name: 'LearnCoin Tenant' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'learnCoinApi', required: true, testedBy: 'learnCoinApiTest' }],
		properties: [
			onlyResource('Tenant', 'tenant'),
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['tenant'] } },
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get your organization and its credits',
						description: 'Get the tenant of the API key, with this month’s credentials',
					},
					{
						name: 'Update',
						value: 'update',
						action: 'Change your organization',
						description: 'Change the name, the awarding body or the verify page',
					},
				],
				default: 'get',
			},
			...update.fields,
			optionsProperty(),
		],
	};

	methods = { credentialTest: { learnCoinApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, { get: get.operation, update: update.operation });
	}
}
