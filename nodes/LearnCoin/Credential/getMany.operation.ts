import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { itemOperation } from '../../../lib/items/nodeOperations';
import { Outputs } from '../../../lib/items/outcome';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { checkRecipientId } from '../../../lib/learncoin/credentials/recipientId';
import type { History } from '../../../lib/learncoin/issued/history';
import { listIssued, type IssuedList, type IssuedQuery } from '../../../lib/learncoin/issued/listIssued';
import { isEmpty } from '../../../lib/values/texts';
import { manyProperties, readLimit } from '../../form/limit';
import { learnCoinAccess } from '../shared/access';
import { readRecipientId } from '../shared/credential/recipient';
import { toIsoDate } from '../shared/dates';

const properties: INodeProperties[] = [
	{
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'Whosever they are' },
			{ name: 'Learner', value: 'learner', description: 'By the learner’s own ID, where recipient IDs are derived from it' },
			{ name: 'Recipient ID', value: 'recipientId', description: 'By the pseudonym under which LearnCoin knows the learner' },
		],
		default: 'learner',
		description: 'Whose credentials to get',
	},
	{
		displayName: 'Recipient ID',
		name: 'recipientId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10',
		description: 'As it was given when the credential was issued',
		displayOptions: { show: { findBy: ['recipientId'] } },
	},
	{
		displayName: 'Learner’s ID',
		name: 'recipientReference',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ={{ $json.userId }}',
		description: 'The learner’s ID in your learning platform, as it was when the credential was issued. It is not sent.',
		displayOptions: { show: { findBy: ['learner'] } },
	},
	{
		displayName: 'Namespace',
		name: 'recipientNamespace',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: 'The same as in the node that issued the credentials; with another one, nobody is found',
		displayOptions: { show: { findBy: ['learner'] } },
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		default: '',
		description: 'Only credentials from batches that were created from then on. A time without a zone is UTC.',
	},
	{
		displayName: 'Read Each Credential',
		name: 'details',
		type: 'boolean',
		default: true,
		description: 'Whether to read what each one is for, and if it is revoked or erased; one request more for each',
	},
	...manyProperties,
];

export const fields = updateDisplayOptions({ show: { operation: ['getMany'] } }, properties);

interface FindRequest extends IssuedQuery {
	client: LearnCoinClient;
	history: History;
	byLearner: boolean;
}

/** One item for each credential, the newest first. */
export const operation = itemOperation<FindRequest>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	return {
		read: async (index) => {
			const { client, history } = await accessFor(index);
			const since = context.getNodeParameter('since', index, '');
			return {
				client,
				history,
				...readWhose(context, index),
				sinceMs: isEmpty(since) ? undefined : Date.parse(toIsoDate(since, 'The value of Since')),
				limit: readLimit(context, index),
				withDetails: context.getNodeParameter('details', index, true) === true,
			};
		},
		begin: async ({ client, history, byLearner, ...query }) => {
			const list = await listIssued(client, history, query);
			tellWhatIsMissing(context, list, byLearner);
			return { done: new Outputs(list.credentials.map((one) => ({ json: toJson(one) }))) };
		},
		messages: { done: 'looked up', runningAgain: () => 'Running again is safe: looking changes nothing.' },
	};
});

function readWhose(context: IExecuteFunctions, index: number): Pick<FindRequest, 'recipientId' | 'byLearner'> {
	const read = (name: string): unknown => context.getNodeParameter(name, index, '');
	const findBy = read('findBy');
	const byLearner = findBy === 'learner';
	if (findBy === 'all') return { byLearner };
	if (!byLearner && findBy !== 'recipientId') {
		throw new ExplainedFailure(`Find By is “${String(findBy).slice(0, 60)}”, which this node does not know`, {
			hint: 'Choose one from the list, or have the expression give learner, recipientId or all.',
		});
	}
	const id = readRecipientId((name) => (name === 'recipientIdMode' ? (byLearner ? 'derive' : 'value') : read(name)));
	return { recipientId: checkRecipientId(id), byLearner };
}

function toJson({ credential, recipientId, recipientName, id, verify_url, ...more }: IssuedList['credentials'][number]): IDataObject {
	const { state } = credential.batch;
	const json = { recipient_id: recipientId, recipientName, outcome: state === 'open' ? 'pending' : state, verify_url, id, ...more };
	return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined && value !== null)) as IDataObject;
}

const checkWhose = 'Check the learner’s ID, and that the Namespace is the one it was issued with: with another one nobody is found.';

/** Nothing found is no failure, and may be not all there is. */
function tellWhatIsMissing(context: IExecuteFunctions, { credentials, untold }: IssuedList, byLearner: boolean): void {
	const parts = [
		credentials.length === 0 ? `LearnCoin lists no such credential.${byLearner ? ` ${checkWhose}` : ''}` : '',
		untold === 0 ? '' : `Of ${untold} open ${untold === 1 ? 'batch' : 'batches'} LearnCoin does not say yet whose credentials are in them.`,
	].filter((part) => part !== '');
	if (parts.length > 0) context.addExecutionHints({ message: parts.join(' '), type: 'info', location: 'outputPane' });
}
