import type { IExecuteFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../http/explained';

/** How a run sends its requests and waits; the same for every node of this package. */
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

interface Range {
	title: string;
	usual: number;
	min: number;
	max: number;
	whole: boolean;
}

/** The values that each option takes, by its name in the `options` collection; what waits is in seconds there, `timeout` in ms. */
export const optionRanges = {
	concurrency: { title: 'Concurrency', usual: 10, min: 1, max: 50, whole: true },
	requestsPerSecond: { title: 'Requests per Second', usual: 0, min: 0, max: 1_000, whole: false },
	maxRetries: { title: 'Max Retries', usual: 4, min: 0, max: 20, whole: true },
	timeout: { title: 'Timeout', usual: 30_000, min: 100, max: 600_000, whole: true },
	waitTimeout: { title: 'Wait Timeout', usual: 300, min: 0, max: 86_400, whole: false },
	pollInterval: { title: 'Poll Interval', usual: 1, min: 0.1, max: 3_600, whole: false },
} as const satisfies Record<string, Range>;

/**
 * The options of the run, taken from the first item: limits hold for all items together.
 *
 * @throws ExplainedFailure for one that is out of range, and whatever n8n throws for an expression that fails
 */
export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const given = context.getNodeParameter('options', 0, {}) as Partial<Record<keyof typeof optionRanges, unknown>>;
	const read = (name: keyof typeof optionRanges) => checkRange(given[name], optionRanges[name]);
	return {
		concurrency: read('concurrency'),
		requestsPerSecond: read('requestsPerSecond'),
		maxRetries: read('maxRetries'),
		timeoutMs: read('timeout'),
		waitTimeoutMs: read('waitTimeout') * 1000,
		pollIntervalMs: read('pollInterval') * 1000,
	};
}

function checkRange(given: unknown, { title, usual, min, max, whole }: Range): number {
	if (given === undefined || given === null || given === '') return usual;
	const value = typeof given === 'string' ? Number(given) : given;
	if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
	throw new ExplainedFailure(`${title} is out of range`, {
		hint: `Options, ${title}: enter ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}.`,
	});
}
