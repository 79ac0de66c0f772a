import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runChosen } from '../../../lib/items/nodeOperations';
import { letAiAgentsOption } from '../../form/forModels';
import { optionsProperty, withOption } from '../../form/options';
import { mocaPartnerApiTest } from '../shared/checkCredential';
import { searchIssuancePrograms } from '../shared/lists';
import { getSubjectFields } from './getSubjectFields';
import * as issue from './issue.operation';
import { unlessRevoking } from './revokeInTools';
import { checkSubjectOption } from './subject';

export class MocaIssue implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Moca Issue',
		name: 'mocaIssue',
		icon: { light: 'file:mocaIssue.svg', dark: 'file:mocaIssue.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["onDuplicate"] === "revoke" ? "issue, revoke duplicates" : "issue" }}',
		description: 'Issue on-chain Moca Network credentials to learners',
		defaults: { name: 'Moca Issue' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mocaPartnerApi', required: true, testedBy: 'mocaPartnerApiTest' }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Issue',
						value: 'issue',
						action: 'Issue a credential',
						description: 'Issue one credential for each item',
					},
				],
				default: 'issue',
			},
			...issue.fields,
			withOption(
				withOption(optionsProperty({ waitForOnChain: [true] }), checkSubjectOption),
				letAiAgentsOption({ onDuplicate: ['revoke'] }),
			),
		],
	};

	methods = {
		credentialTest: { mocaPartnerApiTest },
		listSearch: { searchIssuancePrograms },
		resourceMapping: { getSubjectFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, { issue: unlessRevoking(issue.operation) });
	}
}
