import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { checkSendable } from '../../../lib/http/sendable';
import { itemOperation } from '../../../lib/items/nodeOperations';
import { unlessDone } from '../../../lib/learncoin/credentials/unlessDone';
import { isEmpty } from '../../../lib/values/texts';
import { toIsoDate } from '../shared/dates';
import { credentialIdProperty, credentialReader, type CredentialRequest } from './credentialRequest';

const properties: INodeProperties[] = [
	credentialIdProperty,
	{
		displayName: 'Requester',
		name: 'requester',
		type: 'string',
		default: 'recipient',
		required: true,
		description: 'Who asked for it. LearnCoin’s documents show “recipient” and no other value.',
	},
	{
		displayName: 'Verified At',
		name: 'verifiedAt',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When you made sure that the requester is who they say they are. A time without a zone is UTC.',
	},
	{
		displayName:
			'LearnCoin deletes name and email for good; the credential itself stays and keeps verifying. Delete the learner’s recipient ID from your own records as well: as long as it can be found there, the credential can be traced back.',
		name: 'eraseNotice',
		type: 'notice',
		default: '',
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['erase'] } }, properties);

export const whyNotForModels = 'Nothing was erased: AI agents are not allowed to, because what is erased cannot be brought back.';

interface EraseRequest extends CredentialRequest {
	requester: string;
	verifiedAt: string;
}

export const operation = itemOperation<EraseRequest>((context, run) => {
	const read = credentialReader(context, run);
	return {
		read: async (index) => ({
			...(await read(index)),
			requester: checkRequester(context.getNodeParameter('requester', index, '')),
			verifiedAt: readVerifiedAt(context.getNodeParameter('verifiedAt', index, '')),
		}),
		begin: async (request) => {
			const { client, id } = request;
			return { done: (await unlessDone(client, id, 'erased', async () => await client.eraseCredential(id, request))) as IDataObject };
		},
		keyOf: ({ id }) => id,
		messages: { done: 'erased', runningAgain: () => 'Running again is safe: what is erased stays so.' },
	};
});

function checkRequester(value: unknown): string {
	const requester = typeof value === 'string' ? value.trim() : '';
	if (requester === '')
		throw new ExplainedFailure('There is no requester', { hint: 'Say who asked for the erasure; usually that is “recipient”.' });
	return checkSendable(requester, 'The requester');
}

function readVerifiedAt(value: unknown): string {
	if (!isEmpty(value)) return toIsoDate(value, 'Verified At');
	throw new ExplainedFailure('There is no time at which the requester’s identity was verified', {
		hint: 'Erasing cannot be undone, so LearnCoin asks for it. Fill Verified At, such as with the time of your form’s submission.',
	});
}
