import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { checkIdempotencyKey, type IdempotencyKey } from '../../../lib/learncoin/api/idempotency';
import type { AvoidDuplicates, Issuable } from '../../../lib/learncoin/batches/submitBatch';
import type { OnceEntry } from '../../../lib/learncoin/issued/issueOnce';
import { textOf } from '../../../lib/values/texts';

/** How credentials become batches, and what comes out. */
export const sendingFields: INodeProperties[] = [
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 500,
		description: 'How many credentials go into one batch at most, from 1 to 500. A batch is anchored as a whole.',
	},
	{
		displayName: 'Avoid Duplicates',
		name: 'avoidDuplicates',
		type: 'options',
		options: [
			{
				name: 'For Good, by Learner and Achievement',
				value: 'ledger',
				description: 'LearnCoin is asked who has the achievement already; they are left out, whenever and by whomever it was issued',
			},
			{ name: 'No', value: 'none', description: 'Every run issues again' },
			{
				name: 'When the Same Is Sent Again Within 24 Hours',
				value: 'retries',
				description:
					'LearnCoin recognises a batch with the same learners and achievements, in whatever order, and gives the first one again',
			},
		],
		default: 'ledger',
		description: 'How running the same items again is kept from issuing twice',
	},
	{
		displayName:
			'A batch counts as the same with the same learners in it, for the same achievements, and on the same days where you give them; other wording makes no difference. If learners may be added to a list that was issued already, choose For Good, by Learner and Achievement.',
		name: 'retriesNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { avoidDuplicates: ['retries'] } },
	},
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. ={{ $json.courseId }}-2026',
		description: 'A key of your own instead of the derived one, up to 255 characters. Items with different keys go into different batches.',
	},
	{
		displayName: 'Wait for Anchor',
		name: 'waitForAnchor',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until the batch is anchored, and give each learner’s credential with its verification link. All batches wait together.',
	},
	{
		displayName: 'Check Only',
		name: 'checkOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to read and check every row and ask who has it already, and send nothing. Rows that would be sent come out as ready.',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'One Item for Each Batch', value: 'batches' },
			{ name: 'One Item for Each Credential', value: 'credentials' },
		],
		default: 'credentials',
		description: 'What comes out',
	},
];

export interface Sending {
	batchSize: number;
	avoidDuplicates: AvoidDuplicates;
	ownKey?: IdempotencyKey;
	waits: boolean;
	checkOnly: boolean;
	refuseBeyondCredits: boolean;
	output: 'credentials' | 'batches';
}

/** What one item asks for: its credential, how its batch is made, and what is to come out. */
export interface CreateRequest extends Issuable, OnceEntry, Pick<Sending, 'waits' | 'checkOnly' | 'refuseBeyondCredits' | 'output'> {}

/** @throws ExplainedFailure for a batch size or a key that LearnCoin would not take, and for an unknown way to avoid duplicates */
export function readSending(context: IExecuteFunctions, index: number): Sending {
	const options = context.getNodeParameter('options', index, {}) as Record<string, unknown>;
	const ownKey = textOf(context.getNodeParameter('idempotencyKey', index, ''));
	return {
		batchSize: checkBatchSize(context.getNodeParameter('batchSize', index, largestBatch)),
		avoidDuplicates: checkAvoidDuplicates(context.getNodeParameter('avoidDuplicates', index, 'ledger')),
		...(ownKey !== '' && { ownKey: checkIdempotencyKey(ownKey) }),
		waits: context.getNodeParameter('waitForAnchor', index, false) === true,
		refuseBeyondCredits: options.refuseBeyondCredits === true,
		checkOnly: context.getNodeParameter('checkOnly', index, false) === true,
		output: context.getNodeParameter('output', index, 'credentials') === 'batches' ? 'batches' : 'credentials',
	};
}

const largestBatch = 500;

function checkBatchSize(value: unknown): number {
	const size = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= largestBatch) return size;
	throw new ExplainedFailure(`Batch Size is ${String(value)}; LearnCoin takes from 1 to ${largestBatch} credentials in one batch`, {
		hint: `Enter a whole number up to ${largestBatch}. More items than that just make more batches.`,
	});
}

const waysToAvoidDuplicates: readonly AvoidDuplicates[] = ['ledger', 'none', 'retries'];

/** An expression can give anything; a value that is taken for another one might issue twice. */
function checkAvoidDuplicates(value: unknown): AvoidDuplicates {
	const way = waysToAvoidDuplicates.find((known) => known === value);
	if (way) return way;
	throw new ExplainedFailure(`Avoid Duplicates is “${String(value).slice(0, 60)}”, which this node does not know`, {
		hint: `Choose one from the list, or have the expression give ${waysToAvoidDuplicates.join(', ')}.`,
	});
}
