import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchBatches } from '../shared/lists';
import { learnCoinApiTest } from '../shared/connectionTest';
import { optionsProperty } from '../../form/options';
import { runOperation } from '../../../lib/items/runOperation';
import * as create from './create.operation';
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
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Create',
						value: 'create',
						action: 'Create batches of credentials',
						description: 'Issue one credential for each item, many in one batch',
					},
					{ name: 'Get', value: 'get', action: 'Get a batch', description: 'Look once' },
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
			...create.description,
			...get.description,
			...getMany.description,
			optionsProperty(
				{ operation: ['create', 'wait'] },
				'How long to wait for one batch. When the time is up, its items come out as pending, with the batch ID.',
			),
		],
	};

	methods = { credentialTest: { learnCoinApiTest }, listSearch: { searchBatches } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0);
		if (operation === 'create') return await runOperation(this, create.createCreate(this));
		if (operation === 'getMany') return await runOperation(this, getMany.createGetMany(this));
		return await runOperation(this, get.createGet(this));
	}
}
