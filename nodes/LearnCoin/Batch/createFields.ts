import type { INodeProperties } from 'n8n-workflow';

import { achievementFields } from './achievementFields';
import { recipientFields } from './recipientFields';

const sending: INodeProperties[] = [
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
				description: 'This node remembers to whom it issued what, and leaves them out in later runs',
			},
			{ name: 'No', value: 'none', description: 'Every run issues again' },
			{
				name: 'When the Same Is Sent Again Within 24 Hours',
				value: 'retries',
				description: 'LearnCoin recognises a batch that has exactly the same credentials, and gives the first one again',
			},
		],
		default: 'retries',
		description: 'How running the same items again is kept from issuing twice',
	},
	{
		displayName:
			'A batch counts as the same only with exactly the same credentials in it; an empty issuance date is another one tomorrow. If learners may be added to a list that was issued already, choose For Good, by Learner and Achievement.',
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

export const createFields: INodeProperties[] = [
	{
		displayName: 'Credential',
		name: 'credentialSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json', description: 'Write the whole credential as JSON, or build it in an expression' },
		],
		default: 'fields',
		description: 'How to give what each item’s credential says',
	},
	...recipientFields,
	...achievementFields,
	{
		displayName: 'Credential JSON',
		name: 'credentialJson',
		type: 'json',
		default:
			'{\n  "recipient": { "id": "urn:uuid:…", "name": "Ada Lovelace" },\n  "achievement": { "name": "First Aid", "description": "…" },\n  "issuanceDate": "2026-12-31"\n}',
		required: true,
		description:
			'One credential with the names of LearnCoin’s API. Dates are read as in the fields; what the API does not document is sent as it is.',
		displayOptions: { show: { credentialSource: ['json'] } },
	},
	...sending,
];
