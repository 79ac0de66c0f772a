import type { INodeProperties } from 'n8n-workflow';

import { ExplainedFailure } from '../../../../lib/http/explained';
import { alignmentFrameworks } from '../../../../lib/learncoin/credentials/credentialInput';
import { isJsonObject, type JsonObject } from '../../../../lib/values/json';
import { isEmpty, shorten, textOf } from '../../../../lib/values/texts';

/** What the credential is for. */
export const achievementFields: INodeProperties[] = [
	{
		displayName: 'Achievement Name',
		name: 'achievementName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. First Aid',
		description: 'The title of what was achieved',
	},
	{
		displayName: 'Achievement Description',
		name: 'achievementDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		description: 'What was achieved, in a sentence or two',
	},
	{
		displayName: 'Achievement ID',
		name: 'achievementId',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/achievements/first-aid',
		description: 'An address that stands for this achievement, whoever gets it. Nothing needs to be found there.',
	},
	{
		displayName: 'Criteria',
		name: 'criteriaNarrative',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description: 'What a learner has to do for it',
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
	},
];

/** What the fields say, by LearnCoin's names; what is empty is left out. */
export function readAchievement(read: (name: string) => unknown): JsonObject {
	const narrative = read('criteriaNarrative');
	const alignment = entriesOf(read('alignment'), 'alignment');
	for (const { targetFramework } of alignment) checkFramework(textOf(targetFramework));
	return {
		id: read('achievementId'),
		name: read('achievementName'),
		description: read('achievementDescription'),
		...(!isEmpty(narrative) && { criteria: { narrative } }),
		...(alignment.length > 0 && { alignment }),
	};
}

function checkFramework(name: string): void {
	if (name === '' || alignmentFrameworks.includes(name.toUpperCase())) return;
	throw new ExplainedFailure(`“${shorten(name)}” is not an alignment framework of the list`, {
		hint: `Choose one, or have the expression give ${alignmentFrameworks.join(', ')}. CUSTOM stands for any other; to send another name all the same, set Credential to Using JSON.`,
	});
}

/** Open Badges 3.0's names: LearnCoin documents that evidence can be given, but not how (docs/api/learncoin.md 3.1). */
export function readEvidence(read: (name: string) => unknown): { evidence?: JsonObject[] } {
	const evidence = entriesOf(read('evidence'), 'evidence').filter((entry) => Object.keys(entry).length > 0);
	return evidence.length > 0 ? { evidence: evidence.map((entry) => ({ ...entry, type: ['Evidence'] })) } : {};
}

/** The entries of a fixed collection, each with its filled fields only. */
function entriesOf(collection: unknown, name: string): JsonObject[] {
	const entries = isJsonObject(collection) ? collection[name] : undefined;
	const list = Array.isArray(entries) ? (entries as unknown[]).filter(isJsonObject) : [];
	return list.map((entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => !isEmpty(value))));
}
