import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runChosen } from '../../../lib/items/nodeOperations';
import { letAiAgentsOption, onlyResource, unlessLetForModels } from '../../form/forModels';
import { optionsProperty, withOption } from '../../form/options';
import { learnCoinApiTest } from '../shared/checkCredential';
import * as erase from './erase.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as reissue from './reissue.operation';
import * as revoke from './revoke.operation';
import * as verify from './verify.operation';

export class LearnCoinCredential implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LearnCoin Credential',
		name: 'learnCoinCredential',
		icon: { light: 'file:learnCoinCredential.svg', dark: 'file:learnCoinCredential.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Find, verify, correct, revoke and erase Open Badges issued with LearnCoin',
		defaults: { name: 'LearnCoin Credential' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// A badge’s own proof needs no account, unless LearnCoin is to be asked too.
		credentials: [
			{ name: 'learnCoinApi', required: true, testedBy: 'learnCoinApiTest', displayOptions: { hide: { askLearnCoin: [false] } } },
		],
		properties: [
			onlyResource('Credential', 'credential'),
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['credential'] } },
				options: [
					{
						name: 'Erase',
						value: 'erase',
						action: 'Erase personal data permanently',
						description: 'Delete name and email, as the GDPR gives a right to',
					},
					{ name: 'Get', value: 'get', action: 'Get a credential', description: 'Get a credential, also as a file' },
					{
						name: 'Get Many',
						value: 'getMany',
						action: 'Get many credentials',
						description: 'Find the credentials of a learner, or list all',
					},
					{
						name: 'Reissue',
						value: 'reissue',
						action: 'Reissue and permanently revoke the old',
						description: 'Issue a corrected credential, then revoke the old one for good',
					},
					{
						name: 'Revoke',
						value: 'revoke',
						action: 'Revoke a credential permanently',
						description: 'Declare that a credential no longer counts',
					},
					{ name: 'Verify', value: 'verify', action: 'Verify a credential', description: 'Tell whether a credential counts now, and why' },
				],
				default: 'get',
			},
			...erase.fields,
			...get.fields,
			...getMany.fields,
			...reissue.fields,
			...revoke.fields,
			...verify.fields,
			withOption(
				optionsProperty(
					{ operation: ['reissue'] },
					'How long to wait until the new credential is anchored. When the time is up, the old one still counts.',
				),
				letAiAgentsOption({ operation: ['erase', 'reissue', 'revoke'] }),
			),
		],
	};

	methods = { credentialTest: { learnCoinApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, {
			erase: unlessLetForModels(erase.operation, erase.whyNotForModels),
			get: get.operation,
			getMany: getMany.operation,
			reissue: unlessLetForModels(reissue.operation, reissue.whyNotForModels),
			revoke: unlessLetForModels(revoke.operation, revoke.whyNotForModels),
			verify: verify.operation,
		});
	}
}
