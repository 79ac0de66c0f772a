import type { INodeProperties } from 'n8n-workflow';

const fields = { show: { credentialSource: ['fields'] } };

/** What it is for, and from when to when it counts. */
export const achievementFields: INodeProperties[] = [
	{
		displayName: 'Achievement Name',
		name: 'achievementName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. First Aid',
		description: 'The title of what was achieved',
		displayOptions: fields,
	},
	{
		displayName: 'Achievement Description',
		name: 'achievementDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		description: 'What was achieved, in a sentence or two',
		displayOptions: fields,
	},
	{
		displayName: 'Achievement ID',
		name: 'achievementId',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/achievements/first-aid',
		description: 'An address that stands for this achievement, whoever gets it. Nothing needs to be found there.',
		displayOptions: fields,
	},
	{
		displayName: 'Criteria',
		name: 'criteriaNarrative',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'What a learner has to do for it',
		displayOptions: fields,
	},
	{
		displayName: 'Alignment',
		name: 'alignment',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add alignment',
		description:
			'Skills or occupations of a public framework that the achievement stands for. They are signed and cannot be corrected later.',
		options: [
			{
				displayName: 'Alignment',
				name: 'alignment',
				values: [
					{
						displayName: 'Framework',
						name: 'targetFramework',
						type: 'options',
						options: [
							{ name: 'Custom', value: 'CUSTOM' },
							{ name: 'ESCO', value: 'ESCO', description: 'European skills, competences and occupations' },
							{ name: 'ISCED-F', value: 'ISCED-F', description: 'UNESCO’s fields of education' },
							{ name: 'ONET', value: 'O*NET', description: 'Occupations of the United States' },
						],
						default: 'ESCO',
					},
					{
						displayName: 'Code',
						name: 'targetCode',
						type: 'string',
						default: '',
						description: 'The skill’s or occupation’s code in the framework',
					},
					{ displayName: 'Name', name: 'targetName', type: 'string', default: '', description: 'Its name in the framework' },
					{ displayName: 'URL', name: 'targetUrl', type: 'string', default: '', description: 'Its address in the framework' },
				],
			},
		],
		displayOptions: fields,
	},
	{
		displayName: 'Evidence',
		name: 'evidence',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add evidence',
		description:
			'What shows that the learner did it. Sent with the names that Open Badges has for it; to send another form, use JSON as the source.',
		options: [
			{
				displayName: 'Evidence',
				name: 'evidence',
				values: [
					{ displayName: 'Narrative', name: 'narrative', type: 'string', default: '', description: 'In words' },
					{
						displayName: 'URL',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/portfolio/ada',
						description: 'Where it can be seen',
					},
				],
			},
		],
		displayOptions: fields,
	},
	{
		displayName: 'Issuance Date',
		name: 'issuanceDate',
		type: 'dateTime',
		default: '',
		description:
			'Leave empty for today. Usual ways of writing a date are understood; one that could be read in two ways is refused. A time without a zone is UTC.',
		displayOptions: fields,
	},
	{
		displayName: 'Expiration Date',
		name: 'expirationDate',
		type: 'dateTime',
		default: '',
		description: 'Leave empty for a credential that never expires',
		displayOptions: fields,
	},
];
