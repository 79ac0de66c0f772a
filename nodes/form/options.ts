import type { INodeProperties } from 'n8n-workflow';

import { optionRanges } from '../../lib/items/options';

/** How a hint tells to send fewer requests. */
export const slowDownInN8n = 'Lower Concurrency or set Requests per Second in the node’s options.';

const waitForCredential = 'How long to wait for one credential. When the time is up, its item comes out as pending, with its claim hash.';

/**
 * The `options` collection.
 *
 * @param waits the parameter values with which this node waits; without it, the options for waiting are left out
 * @param waitTimeout what the node waits for, and what comes out when the time is up
 */
export function optionsProperty(waits?: Record<string, Array<string | boolean>>, waitTimeout = waitForCredential): INodeProperties {
	const whenWaiting = waits && {
		displayOptions: { show: Object.fromEntries(Object.entries(waits).map(([name, values]) => [`/${name}`, values])) },
	};
	const waiting: INodeProperties[] = [
		{
			displayName: 'Poll Interval (Seconds)',
			name: 'pollInterval',
			type: 'number',
			typeOptions: { minValue: optionRanges.pollInterval.min, numberPrecision: 1 },
			default: 1,
			description: 'Shortest wait before the first look. From look to look it gets longer, up to 30 seconds.',
			...whenWaiting,
		},
		{
			displayName: 'Wait Timeout (Seconds)',
			name: 'waitTimeout',
			type: 'number',
			typeOptions: { minValue: optionRanges.waitTimeout.min },
			default: 300,
			description: waitTimeout,
			...whenWaiting,
		},
	];
	const sending: INodeProperties[] = [
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: optionRanges.concurrency.min },
			default: 10,
			description: 'How many requests may be on their way at the same time, from 1 to 50',
		},
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			typeOptions: { minValue: optionRanges.maxRetries.min },
			default: 4,
			description: 'How often a request that may be repeated is sent again when the service is overloaded or cannot be reached',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: optionRanges.requestsPerSecond.min, numberPrecision: 2 },
			default: 0,
			description: 'How many requests may start per second. 0 means no limit.',
		},
		{
			displayName: 'Timeout (Milliseconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: optionRanges.timeout.min },
			default: 30_000,
			description: 'How long to wait for the answer to one request',
		},
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...sending, ...(waits ? waiting : [])].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** The `options` collection with one more option, in its place in the alphabet. */
export const withOption = (collection: INodeProperties, option: INodeProperties): INodeProperties => ({
	...collection,
	options: [...((collection.options ?? []) as INodeProperties[]), option].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});
