import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** How a run sends its requests; the same for every node of this package. */
export interface RunOptions {
	/** Requests in flight at the same time. */
	concurrency: number;
	/** 0 = no limit. */
	requestsPerSecond: number;
	maxRetries: number;
	/** Milliseconds for one request. */
	timeoutMs: number;
	waitTimeoutMs: number;
	pollIntervalMs: number;
}

const ranges = {
	concurrency: { title: 'Concurrency', default: 10, min: 1, max: 50, whole: true },
	requestsPerSecond: { title: 'Requests per Second', default: 0, min: 0, max: 1_000, whole: false },
	maxRetries: { title: 'Max Retries', default: 4, min: 0, max: 20, whole: true },
	timeout: { title: 'Timeout', default: 30_000, min: 100, max: 600_000, whole: true },
	waitTimeout: { title: 'Wait Timeout', default: 300, min: 0, max: 86_400, whole: false },
	pollInterval: { title: 'Poll Interval', default: 1, min: 0.1, max: 3_600, whole: false },
} as const;

type OptionName = keyof typeof ranges;

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
			typeOptions: { minValue: 0.1, numberPrecision: 1 },
			default: 1,
			description: 'Wait before the first look; it doubles from look to look, up to 30 seconds',
			...whenWaiting,
		},
		{
			displayName: 'Wait Timeout (Seconds)',
			name: 'waitTimeout',
			type: 'number',
			typeOptions: { minValue: 0 },
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
			typeOptions: { minValue: 1 },
			default: 10,
			description: 'How many requests may be on their way at the same time, from 1 to 50',
		},
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 4,
			description: 'How often a request that may be repeated is sent again when the service is overloaded or cannot be reached',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			description: 'How many requests may start per second. 0 means no limit.',
		},
		{
			displayName: 'Timeout (Milliseconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 100 },
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

/** The options of the run, taken from the first item: limits hold for all items together. */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const given = context.getNodeParameter('options', 0, {}) as Partial<Record<OptionName, unknown>>;
	const read = (name: OptionName) => checkRange(context, name, given[name]);
	return {
		concurrency: read('concurrency'),
		requestsPerSecond: read('requestsPerSecond'),
		maxRetries: read('maxRetries'),
		timeoutMs: read('timeout'),
		waitTimeoutMs: read('waitTimeout') * 1000,
		pollIntervalMs: read('pollInterval') * 1000,
	};
}

function checkRange(context: IExecuteFunctions, name: OptionName, given: unknown): number {
	const { title, default: usual, min, max, whole } = ranges[name];
	if (given === undefined || given === null || given === '') return usual;
	const value = typeof given === 'string' ? Number(given) : given;
	if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
	throw new NodeOperationError(context.getNode(), `${title} is out of range`, {
		description: `Options, ${title}: enter ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}. Nothing was sent.`,
	});
}
