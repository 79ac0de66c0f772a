import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { runChosen } from '../../../lib/items/nodeOperations';
import { optionsProperty } from '../../form/options';
import { mocaPartnerApiTest } from '../shared/checkCredential';
import { searchIssuancePrograms, searchSchemas, searchVerificationPrograms } from '../shared/lists';
import { whereToLook } from './fields';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as search from './search.operation';

export class MocaCatalog implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Moca Catalog',
		name: 'mocaCatalog',
		icon: { light: 'file:mocaCatalog.svg', dark: 'file:mocaCatalog.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["resource"] === "search" ? "search" : $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Look up schemas, issuance programs and verification programs in Moca Network’s public catalog',
		defaults: { name: 'Moca Catalog' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mocaPartnerApi', required: false, testedBy: 'mocaPartnerApiTest' }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Issuance Program', value: 'credential', description: 'What Moca Issue issues; the catalog calls it a credential' },
					{ name: 'Schema', value: 'schema', description: 'The fields of a credential, and who issues on it' },
					{ name: 'Search', value: 'search', description: 'Find issuance programs, issuers and verification programs by text' },
					{ name: 'Verification Program', value: 'program', description: 'What a verifier checks with: pricing model and conditions' },
				],
				default: 'schema',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Get', value: 'get', action: 'Get a schema', description: 'Get one with the issuance programs on it' },
					{ name: 'Get Many', value: 'getMany', action: 'Get many schemas', description: 'List what is in the catalog' },
				],
				default: 'getMany',
				displayOptions: { show: { resource: ['schema'] } },
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Get', value: 'get', action: 'Get an issuance program', description: 'Get one with its fields' }],
				default: 'get',
				displayOptions: { show: { resource: ['credential'] } },
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get a verification program',
						description: 'Get one with its pricing model, the credentials it accepts and their conditions',
					},
					{ name: 'Get Many', value: 'getMany', action: 'Get many verification programs', description: 'List what is in the catalog' },
				],
				default: 'getMany',
				displayOptions: { show: { resource: ['program'] } },
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Search', value: 'search', action: 'Search the catalog', description: 'One item for each hit' }],
				default: 'search',
				displayOptions: { show: { resource: ['search'] } },
			},
			...get.fields,
			...search.fields,
			...getMany.fields,
			...whereToLook,
			optionsProperty(),
		],
	};

	methods = {
		credentialTest: { mocaPartnerApiTest },
		listSearch: { searchIssuancePrograms, searchSchemas, searchVerificationPrograms },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, { get: get.operation, getMany: getMany.operation, search: search.operation });
	}
}
