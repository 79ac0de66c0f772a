import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { Outputs } from '../../../lib/items/outcome';
import type { CatalogClient } from '../../../lib/moca/catalog/catalog';
import { listEntries, type ListRequest } from '../../../lib/moca/catalog/pages';
import { manyProperties, readLimit } from '../../form/limit';
import { catalogAccess } from '../shared/catalogAccess';
import { sortOrder } from './fields';

const sortBy = (resource: 'schema' | 'program', options: INodeProperties['options']): INodeProperties => ({
	displayName: 'Sort By',
	name: 'sortBy',
	type: 'options',
	options: options ?? [],
	default: 'created_at',
	displayOptions: { show: { resource: [resource], operation: ['getMany'] } },
});

const forBoth = (properties: INodeProperties[]) =>
	updateDisplayOptions({ show: { resource: ['schema', 'program'], operation: ['getMany'] } }, properties);

// n8n's helper would merge what each list is sorted by into being shown for both.
export const fields: INodeProperties[] = [
	...forBoth(manyProperties),
	sortBy('schema', [
		{ name: 'Created', value: 'created_at' },
		{ name: 'Number of Issuance Programs', value: 'credential_count' },
		{ name: 'Number of Issuers', value: 'provider_count' },
		{ name: 'Title', value: 'title' },
	]),
	sortBy('program', [
		{ name: 'Created', value: 'created_at' },
		{ name: 'Name', value: 'name' },
		{ name: 'Number of Accepted Credentials', value: 'credential_count' },
		{ name: 'Number of Verifications', value: 'verification_count' },
	]),
	...forBoth([sortOrder]),
];

interface GetManyRequest extends ListRequest {
	client: CatalogClient;
	which: 'schemas' | 'programs';
}

export const operation = itemOperation<GetManyRequest>((context, run) => {
	const clientFor = catalogAccess(context, run);
	return {
		read: async (index) => ({
			client: await clientFor(index),
			which: context.getNodeParameter('resource', index) === 'schema' ? 'schemas' : 'programs',
			sortBy: context.getNodeParameter('sortBy', index) as string,
			sortOrder: context.getNodeParameter('sortOrder', index) === 'ASC' ? 'ASC' : 'DESC',
			limit: readLimit(context, index),
		}),
		begin: async ({ client, which, ...request }) => {
			const entries = await listEntries(client, which, request);
			return { done: new Outputs(entries.map((entry) => ({ json: entry as IDataObject }))) };
		},
		messages: { done: 'read', runningAgain: () => 'Running again is safe: reading changes nothing.' },
	};
});
