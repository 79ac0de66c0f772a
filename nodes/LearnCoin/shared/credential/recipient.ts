import type { INodeProperties } from 'n8n-workflow';

import { checkNamespace, checkRecipientId, deriveRecipientId } from '../../../../lib/learncoin/credentials/recipientId';
import { fillColumn, pointingTo } from '../../../form/missing';

/** Whom a credential is for. */
export const recipientFields: INodeProperties[] = [
	{
		displayName: 'Recipient ID From',
		name: 'recipientIdMode',
		type: 'options',
		options: [
			{
				name: 'Derived From the Learner’s ID',
				value: 'derive',
				description: 'Always the same one for the same learner, without keeping a list',
			},
			{ name: 'A Value', value: 'value', description: 'A urn:uuid that you keep for each learner' },
		],
		default: 'derive',
		description: 'LearnCoin knows a learner by a pseudonym only',
	},
	{
		displayName: 'Recipient ID',
		name: 'recipientId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10',
		description: 'A random UUID (version 4) that you keep for the learner, never an email address or a name: it is anchored for good',
		displayOptions: { show: { recipientIdMode: ['value'] } },
	},
	{
		displayName: 'Learner’s ID',
		name: 'recipientReference',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ={{ $json.userId }}',
		description: 'What identifies the learner in your learning platform and never changes, such as its user ID. It is not sent.',
		displayOptions: { show: { recipientIdMode: ['derive'] } },
	},
	{
		displayName: 'Namespace',
		name: 'recipientNamespace',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description:
			'A long text that nobody can guess, of at least 16 characters. The same one must be used for ever: another one gives every learner another ID.',
		displayOptions: { show: { recipientIdMode: ['derive'] } },
	},
	{
		displayName:
			'Whoever holds the namespace can recompute the recipient ID of every learner whose own ID they know, also after an erasure. Keep it like a password. It is saved in this workflow; an expression can take it from elsewhere.',
		name: 'deriveNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { recipientIdMode: ['derive'] } },
	},
	{
		displayName: 'Recipient Name',
		name: 'recipientName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ={{ $json.name }}',
		description: 'Shown on the verify page. It can be erased later.',
	},
	{
		displayName: 'Recipient Email',
		name: 'recipientEmail',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		description: 'Only for LearnCoin’s own mail to the learner, where the tenant has that switched on. Never part of the signed document.',
	},
];

/** What the fields say, by LearnCoin's names, without the ID. */
export const readRecipient = (read: (name: string) => unknown) => ({ name: read('recipientName'), email: read('recipientEmail') });

/** @throws ExplainedFailure when the ID is to be derived and can't be */
export const readRecipientId = (read: (name: string) => unknown): unknown =>
	read('recipientIdMode') === 'derive'
		? pointingTo(fillColumn('Learner’s ID'), () => deriveRecipientId(read('recipientReference'), read('recipientNamespace')))
		: read('recipientId');

/**
 * The recipient ID for a new credential.
 *
 * @throws ExplainedFailure also for a given one that can't be one, and for a namespace that is too short to issue with; where credentials are
 * only looked for, any namespace may be right
 */
export function checkedRecipientId(read: (name: string) => unknown): unknown {
	if (read('recipientIdMode') === 'derive') checkNamespace(read('recipientNamespace'));
	const id = readRecipientId(read);
	return checkRecipientId(id, 'Without one, choose Derived From the Learner’s ID as Recipient ID From.');
}
