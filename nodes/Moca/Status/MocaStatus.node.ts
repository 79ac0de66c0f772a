import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runChosen } from '../../../lib/items/nodeOperations';
import { onlyResource } from '../../form/forModels';
import { optionsProperty } from '../../form/options';
import { mocaPartnerApiTest } from '../shared/checkCredential';
import * as status from './status.operation';

export class MocaStatus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Moca Status',
		name: 'mocaStatus',
		icon: { light: 'file:mocaStatus.svg', dark: 'file:mocaStatus.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Look up whether Moca Network credentials are on-chain yet',
		defaults: { name: 'Moca Status' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mocaPartnerApi', required: true, testedBy: 'mocaPartnerApiTest' }],
		properties: [
			onlyResource('Credential', 'credential'),
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['credential'] } },
				options: [
					{ name: 'Get', value: 'get', action: 'Get the status of a credential', description: 'Look once' },
					{
						name: 'Wait',
						value: 'wait',
						action: 'Wait until a credential is on chain',
						description: 'Look until the credential is on-chain, or the time is up',
					},
				],
				default: 'get',
			},
			...status.fields,
			optionsProperty({ operation: ['wait'] }),
		],
	};

	methods = { credentialTest: { mocaPartnerApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, { get: status.operation, wait: status.operation });
	}
}
