import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

/**
 * Sent by LearnCoin’s test call alone; whether it may or must be among the subscribed names isn't documented (docs/api/learncoin.md 3.8).
 */
export const testEvent = 'webhook.test';

export const subscriptionProperties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Batch Anchored', value: 'batch.anchored', description: 'The credentials of a batch can be verified from now on' },
			{ name: 'Batch Created', value: 'batch.created', description: 'LearnCoin accepted a batch' },
			{ name: 'Credential Erased', value: 'credential.erased', description: 'The personal data of a credential is gone' },
			{ name: 'Credential Revoked', value: 'credential.revoked', description: 'A credential was taken back' },
		],
		default: ['batch.anchored'],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Other Events',
		name: 'otherEvents',
		type: 'string',
		default: '',
		placeholder: 'e.g. credential.claimed, batch.failed',
		description: 'Names of further events that LearnCoin sends, separated by commas',
	},
	{
		displayName: 'Include Test Events',
		name: 'includeTestEvents',
		type: 'boolean',
		default: false,
		description: 'Whether the test event that LearnCoin sends on request starts the workflow, too. It is answered in any case.',
	},
];

/** What the form says should start the workflow. */
export interface Subscription {
	/** Names of events as they were chosen, unchecked, without the test event. */
	names: string[];
	includesTests: boolean;
}

export function readSubscription(context: IHookFunctions | IWebhookFunctions): Subscription {
	const read = (name: string): unknown => context.getNodeParameter(name, '');
	const names = [...listOf(read('events')), ...listOf(read('otherEvents'))].filter((name) => baseName(name) !== testEvent);
	return { names: [...new Set(names)], includesTests: read('includeTestEvents') === true };
}

/** All names to register for. */
export const namesToRegister = ({ names, includesTests }: Subscription): string[] => (includesTests ? [...names, testEvent] : names);

/** An expression may give one name, or several with commas. */
const listOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value : String(value ?? '').split(','))
		.filter((name) => typeof name === 'string')
		.map((name) => name.trim())
		.filter((name) => name !== '');

/** The older glossary has the names with a version behind them (docs/api/learncoin.md 12, no. 2). */
const baseName = (name: string): string => name.replace(/\.v1$/, '');

export const isTestEvent = (type: string): boolean => baseName(type) === testEvent;

/** Whether an event of this type was asked for. A `*` in a chosen name stands for anything, in case LearnCoin takes such names. */
export function startsWorkflow(type: string, { names, includesTests }: Subscription): boolean {
	if (isTestEvent(type)) return includesTests;
	return names.some((name) => fits(baseName(type), baseName(name)));
}

/** Each part behind the one before it, the first at the start and the last at the end: a pattern of many stars would try all divisions. */
function fits(type: string, pattern: string): boolean {
	const [start = '', ...parts] = pattern.split('*');
	const end = parts.pop();
	if (end === undefined) return type === start;
	if (!type.startsWith(start)) return false;
	let position = start.length;
	for (const part of parts) {
		const found = type.indexOf(part, position);
		if (found < 0) return false;
		position = found + part.length;
	}
	return type.endsWith(end) && type.length - end.length >= position;
}
