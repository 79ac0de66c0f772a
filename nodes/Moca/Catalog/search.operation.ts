import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { Outputs } from '../../../lib/items/outcome';
import { checkSearchQuery, searchGroups, type CatalogClient, type SearchGroup, type SearchQuery } from '../../../lib/moca/catalog/catalog';
import { searchEntries } from '../../../lib/moca/catalog/pages';
import { manyProperties, readLimit } from '../../form/limit';
import { fillColumn, pointingTo } from '../../form/missing';
import { catalogAccess } from '../shared/catalogAccess';

const properties: INodeProperties[] = [
	{
		displayName: 'Query',
		name: 'query',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. course completion',
		description: 'Words or an ID to look for, up to 200 characters',
	},
	{
		displayName: 'Search In',
		name: 'searchGroup',
		type: 'options',
		options: [
			{ name: 'Everything', value: 'all' },
			{ name: 'Issuance Programs', value: 'credentials', description: 'What Moca Issue issues; the catalog calls them credentials' },
			{ name: 'Issuers', value: 'issuers' },
			{ name: 'Verification Programs', value: 'programs', description: 'What verifiers check with' },
		],
		default: 'all',
	},
	...manyProperties,
];

export const fields = updateDisplayOptions({ show: { resource: ['search'], operation: ['search'] } }, properties);

interface SearchRequest {
	client: CatalogClient;
	query: SearchQuery;
	groups: readonly SearchGroup[];
	limit?: number;
}

export const operation = itemOperation<SearchRequest>((context, run) => {
	const clientFor = catalogAccess(context, run);
	return {
		read: async (index) => {
			const group = context.getNodeParameter('searchGroup', index);
			return {
				client: await clientFor(index),
				query: pointingTo(fillColumn('Query'), () => checkSearchQuery(context.getNodeParameter('query', index, ''))),
				groups: searchGroups.filter((one) => group === 'all' || group === one),
				limit: readLimit(context, index),
			};
		},
		begin: async ({ client, query, groups, limit: most }) => {
			const hits = await searchEntries(client, query, groups, most);
			return { done: new Outputs(hits.map(({ group, fields }) => ({ json: { ...(fields as IDataObject), group } }))) };
		},
		messages: { done: 'searched', runningAgain: () => 'Running again is safe: searching changes nothing.' },
	};
});
