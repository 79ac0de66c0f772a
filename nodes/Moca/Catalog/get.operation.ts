import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { checkCatalogId, type CatalogClient, type CatalogId } from '../../../lib/moca/catalog/catalog';
import { locator } from '../../form/locator';
import { catalogAccess } from '../shared/catalogAccess';

type Resource = 'schema' | 'credential' | 'program';

const shownFor = (resource: Resource) => ({ displayOptions: { show: { resource: [resource], operation: ['get'] } } });

export const fields: INodeProperties[] = [
	{
		...locator({
			displayName: 'Schema',
			name: 'schema',
			description: 'The definition of a credential’s fields',
			searchMethod: 'searchSchemas',
			exampleId: 'c28w2061lwsf90042549UG',
		}),
		...shownFor('schema'),
	},
	{
		...locator({
			displayName: 'Issuance Program',
			name: 'credential',
			description: 'What Moca Issue issues. The catalog calls it a credential; it is not a verification program.',
			searchMethod: 'searchIssuancePrograms',
			exampleId: 'c21s70g0i54sn0023172Cv',
		}),
		...shownFor('credential'),
	},
	{
		...locator({
			displayName: 'Verification Program',
			name: 'program',
			description: 'What a verifier checks with. It is not what Moca Issue issues: that is an issuance program.',
			searchMethod: 'searchVerificationPrograms',
			exampleId: 'prg_01',
		}),
		...shownFor('program'),
	},
];

interface GetRequest {
	client: CatalogClient;
	resource: Resource;
	id: CatalogId;
}

export const operation = itemOperation<GetRequest>((context, run) => {
	const clientFor = catalogAccess(context, run);
	return {
		read: async (index) => {
			const resource = context.getNodeParameter('resource', index) as Resource;
			const id = checkCatalogId(context.getNodeParameter(resource, index, '', { extractValue: true }), resource);
			return { client: await clientFor(index), resource, id };
		},
		begin: async ({ client, resource, id }) => ({ done: (await client[resource](id)) as IDataObject }),
		messages: { done: 'read', runningAgain: () => 'Running again is safe: reading changes nothing.' },
	};
});
