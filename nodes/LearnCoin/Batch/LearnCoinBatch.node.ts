import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runChosen } from '../../../lib/items/nodeOperations';
import { onlyResource } from '../../form/forModels';
import { optionsProperty, withOption } from '../../form/options';
import { learnCoinApiTest } from '../shared/checkCredential';
import { searchBatches } from '../shared/lists';
import * as create from './create.operation';
import { refuseBeyondCreditsProperty } from './credits';
import * as get from './get.operation';
import * as getMany from './getMany.operation';

export class LearnCoinBatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LearnCoin Batch',
		name: 'learnCoinBatch',
		icon: { light: 'file:learnCoinBatch.svg', dark: 'file:learnCoinBatch.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Issue Open Badges to learners with LearnCoin, in batches',
		defaults: { name: 'LearnCoin Batch' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'learnCoinApi', required: true, testedBy: 'learnCoinApiTest' }],
		properties: [
			onlyResource('Batch', 'batch'),
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['batch'] } },
				options: [
					{
						name: 'Create',
						value: 'create',
						action: 'Issue credentials to learners',
						description: 'Issue one credential for each item, many in one batch',
					},
					{ name: 'Get', value: 'get', action: 'Look up a batch', description: 'Look once' },
					{ name: 'Get Many', value: 'getMany', action: 'Get many batches', description: 'List batches, newest first' },
					{
						name: 'Wait',
						value: 'wait',
						action: 'Wait until a batch is anchored',
						description: 'Look until the batch is anchored or given up, or the time is up',
					},
				],
				default: 'create',
			},
			...create.fields,
			...get.fields,
			...getMany.fields,
			withOption(
				optionsProperty(
					{ operation: ['create', 'wait'] },
					'How long to wait for one batch. When the time is up, its items come out as pending, with the batch ID.',
				),
				refuseBeyondCreditsProperty,
			),
		],
	};

	methods = { credentialTest: { learnCoinApiTest }, listSearch: { searchBatches } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, { create: create.operation, get: get.operation, getMany: getMany.operation, wait: get.operation });
	}
}
