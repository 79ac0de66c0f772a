import type { INodeProperties } from 'n8n-workflow';

/** Where to look, for a node without an n8n credential. */
export const whereToLook: INodeProperties[] = [
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		options: [
			{ name: 'Custom', value: 'custom', description: 'An address of your own. Nothing else is tried then.' },
			{ name: 'Production', value: 'production', description: 'Moca’s documents name no catalog for production yet' },
			{ name: 'Sandbox', value: 'sandbox', description: 'Tries both addresses that Moca’s documents name' },
		],
		default: 'sandbox',
		description: 'Where to look when no n8n credential is chosen above. The catalog is open: a credential is only needed for its address.',
	},
	{
		displayName: 'Catalog Base URL',
		name: 'catalogBaseUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://catalog.example.com',
		description: 'Takes https, or plain http on this machine only. /catalog is added when it is not there.',
		displayOptions: { show: { environment: ['custom'] } },
	},
];

export const sortOrder: INodeProperties = {
	displayName: 'Sort Order',
	name: 'sortOrder',
	type: 'options',
	options: [
		{ name: 'Ascending', value: 'ASC' },
		{ name: 'Descending', value: 'DESC' },
	],
	default: 'DESC',
};
