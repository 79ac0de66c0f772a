import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { checkTenantPatch, type CheckedTenantPatch } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import type { TenantPatch } from '../../../lib/learncoin/api/types';
import { isEmpty } from '../../../lib/values/texts';
import { learnCoinAccess } from '../shared/access';

const properties: INodeProperties[] = [
	{
		displayName: 'Display Name',
		name: 'displayName',
		type: 'string',
		default: '',
		description: 'The name to show for the tenant. Leave empty to keep it.',
	},
	{
		displayName: 'Awarding Body',
		name: 'awardingBody',
		type: 'collection',
		default: {},
		placeholder: 'Add part',
		description:
			'Who awards the credentials. LearnCoin does not say whether a part that is left out here keeps its old value, so it is safest to give all of them.',
		options: [
			{ displayName: 'Logo URL', name: 'logoUrl', type: 'string', default: '', placeholder: 'e.g. https://example.com/logo.svg' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '', placeholder: 'e.g. https://example.com' },
		],
	},
	{
		displayName: 'Verify Page Branding',
		name: 'verifyPageBranding',
		type: 'collection',
		default: {},
		placeholder: 'Add part',
		description:
			'How the public page of a credential looks. LearnCoin does not say whether a part that is left out here keeps its old value, so it is safest to give all of them.',
		options: [
			{ displayName: 'Accent Color', name: 'accentColor', type: 'color', default: '' },
			{ displayName: 'Logo URL', name: 'logoUrl', type: 'string', default: '', placeholder: 'e.g. https://example.com/logo.svg' },
		],
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['update'] } }, properties);

interface UpdateRequest {
	client: LearnCoinClient;
	patch: CheckedTenantPatch;
}

/** Sends the filled fields only. */
export const operation = itemOperation<UpdateRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => ({ client: (await accessFor(index)).client, patch: checkTenantPatch(readPatch(context, index)) }),
		begin: async ({ client, patch }) => ({ done: ((await client.updateTenant(patch)) as IDataObject | undefined) ?? { ...patch, note } }),
		// There is one tenant: changes reach it in input order, the last one stays.
		keyOf: () => 'tenant',
		messages: { done: 'changed', runningAgain: () => 'Running again is safe: the same values are set again.' },
	};
});

const note = 'LearnCoin accepted the change. Its answer does not show the tenant: these are the fields that were sent.';

function readPatch(context: IExecuteFunctions, index: number): TenantPatch {
	const read = (name: string) => context.getNodeParameter(name, index, '');
	return filled({
		display_name: read('displayName'),
		awarding_body: renamed(read('awardingBody'), { name: 'name', url: 'url', logoUrl: 'logo_url' }),
		verify_page_branding: renamed(read('verifyPageBranding'), { accentColor: 'accent_color', logoUrl: 'logo_url' }),
	});
}

/** The filled fields of a collection, by LearnCoin's names; undefined when there is none. */
function renamed(collection: unknown, names: Record<string, string>): IDataObject | undefined {
	if (typeof collection !== 'object' || collection === null) return undefined;
	const fields = filled(
		Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [theirs, (collection as Record<string, unknown>)[ours]])),
	);
	return Object.keys(fields).length > 0 ? (fields as IDataObject) : undefined;
}

const filled = (object: Record<string, unknown>): TenantPatch =>
	Object.fromEntries(
		Object.entries(object)
			.filter(([, value]) => !isEmpty(value))
			.map(([name, value]) => [name, typeof value === 'object' ? value : String(value).trim()]),
	);
