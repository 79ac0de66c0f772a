import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { startingWith } from '../../../lib/items/outcome';
import { checkClaimHash, checkRecipientEmail, type ClaimHash, type RecipientEmail } from '../../../lib/moca/issuing/checks';
import type { StatusResult } from '../../../lib/moca/issuing/client';
import { fillColumn, pointingTo } from '../../form/missing';
import { partnerAccess, type PartnerAccess } from '../shared/access';
import { confirm, outcomeOf } from '../shared/confirm';

const properties: INodeProperties[] = [
	{
		displayName: 'Claim Hash',
		name: 'coreClaimHash',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ={{ $json.coreClaimHash }}',
		description: 'The coreClaimHash that Moca Issue gave for the credential',
	},
	{
		displayName: 'Recipient Email',
		name: 'recipientEmail',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'name@email.com',
		description: 'The email the credential was issued to',
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['get', 'wait'] } }, properties);

interface StatusRequest extends Pick<PartnerAccess, 'client' | 'signAhead'> {
	coreClaimHash: ClaimHash;
	recipientEmail: RecipientEmail;
	waits: boolean;
}

/** Get and Wait ask the same; Wait asks again until the credential is on-chain. */
export const operation = itemOperation<StatusRequest>((context, run) => {
	const accessFor = partnerAccess(context, run);
	return {
		read: async (index) => ({
			...(await accessFor(index)),
			coreClaimHash: pointingTo(fillColumn('Claim Hash'), () => checkClaimHash(context.getNodeParameter('coreClaimHash', index, ''))),
			recipientEmail: pointingTo(fillColumn('Recipient Email'), () =>
				checkRecipientEmail(context.getNodeParameter('recipientEmail', index, '')),
			),
			waits: context.getNodeParameter('operation', index) === 'wait',
		}),
		prepare: ({ recipientEmail, signAhead }) => signAhead(recipientEmail),
		begin: async (request) => {
			const ask = () => request.client.status(request.coreClaimHash, request.recipientEmail);
			if (!request.waits) return { done: toJson(request, await ask()) };
			return { waiting: async () => toJson(request, await confirm(run, ask)) };
		},
		whose: (index) => ({ recipientEmail: context.getNodeParameter('recipientEmail', index, '') as string }),
		messages: { done: 'checked', runningAgain: () => 'Running again is safe: checking changes nothing.' },
	};
});

const toJson = ({ coreClaimHash, recipientEmail }: StatusRequest, status: StatusResult | undefined): IDataObject =>
	startingWith(['recipientEmail', 'outcome', 'coreClaimHash'], {
		coreClaimHash,
		...(status?.fields as IDataObject | undefined),
		outcome: outcomeOf(status),
		recipientEmail,
	});
