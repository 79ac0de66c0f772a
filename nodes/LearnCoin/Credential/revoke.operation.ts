import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { checkRevocation } from '../../../lib/learncoin/api/checks';
import type { RevokeReasonCode } from '../../../lib/learncoin/api/types';
import { unlessDone } from '../../../lib/learncoin/credentials/unlessDone';
import { credentialIdProperty, credentialReader, type CredentialRequest } from './credentialRequest';

const properties: INodeProperties[] = [
	credentialIdProperty,
	{
		displayName: 'Reason Code',
		name: 'reasonCode',
		type: 'options',
		options: [
			{ name: 'Issuer’s Slip', value: 'issuer_error', description: 'It should not have been issued like this' },
			{ name: 'Other', value: 'other' },
			{ name: 'Recipient’s Request', value: 'recipient_request' },
			{ name: 'Reissued', value: 'reissued', description: 'Another credential takes its place' },
		],
		default: 'reissued',
		description: 'Why the credential no longer counts',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Issued again with the corrected name',
		description: 'Shown to everybody on the verify page, so it should name no person',
	},
	{ displayName: 'A revocation cannot be taken back.', name: 'revokeNotice', type: 'notice', default: '' },
];

export const fields = updateDisplayOptions({ show: { operation: ['revoke'] } }, properties);

export const whyNotForModels = 'Nothing was revoked: AI agents are not allowed to, because a revocation cannot be taken back.';

interface RevokeRequest extends CredentialRequest {
	reason: string;
	reasonCode: RevokeReasonCode;
}

export const operation = itemOperation<RevokeRequest>((context, run) => {
	const read = credentialReader(context, run);
	return {
		read: async (index) => ({
			...(await read(index)),
			...checkRevocation(context.getNodeParameter('reason', index, ''), context.getNodeParameter('reasonCode', index, 'reissued')),
		}),
		begin: async (request) => {
			const { client, id } = request;
			return { done: (await unlessDone(client, id, 'revoked', async () => await client.revokeCredential(id, request))) as IDataObject };
		},
		keyOf: ({ id }) => id,
		messages: { done: 'revoked', runningAgain: () => 'Running again is safe: what is revoked stays as it is.' },
	};
});
