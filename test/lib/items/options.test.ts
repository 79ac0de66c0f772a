import type { IExecuteFunctions } from 'n8n-workflow';

import { optionRanges, readRunOptions } from '../../../lib/items/options';
import { hintOf, thrownBy } from '../../support/failures';

const read = (options: Record<string, unknown>) =>
	readRunOptions({
		getNodeParameter: (name: string, item: number) => (name === 'options' && item === 0 ? options : {}),
	} as unknown as IExecuteFunctions);

const usual = {
	concurrency: 10,
	requestsPerSecond: 0,
	maxRetries: 4,
	timeoutMs: 30_000,
	waitTimeoutMs: 300_000,
	pollIntervalMs: 1_000,
};

it('has a usual value for each option that nobody set, or left empty', () => {
	expect(read({})).toEqual(usual);
	for (const nothing of [undefined, null, '']) expect(read({ concurrency: nothing, pollInterval: nothing })).toEqual(usual);
});

it('takes numbers, as numbers or as expressions give them; what waits is in seconds', () => {
	expect(read({ concurrency: '5', requestsPerSecond: 0.5, maxRetries: 0, timeout: 1_000, waitTimeout: '2.5', pollInterval: 0.1 })).toEqual({
		concurrency: 5,
		requestsPerSecond: 0.5,
		maxRetries: 0,
		timeoutMs: 1_000,
		waitTimeoutMs: 2_500,
		pollIntervalMs: 100,
	});
});

describe.each(Object.entries(optionRanges))('%s', (name, { title, min, max, whole }) => {
	it('takes its smallest and its largest value, and nothing beyond', () => {
		for (const value of [min, max]) expect(() => read({ [name]: value })).not.toThrow();
		for (const value of [min - 0.01, max + 1, NaN, Infinity, true, [], 'many', ' x']) {
			expect(thrownBy(() => read({ [name]: value }))).toBe(`${title} is out of range`);
		}
		expect(hintOf(() => read({ [name]: 'many' }))).toBe(
			`Options, ${title}: enter ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}.`,
		);
	});

	it(whole ? 'takes whole numbers alone' : 'takes parts as well', () => {
		const half = () => read({ [name]: min + 0.5 });
		if (whole) expect(half).toThrow('is out of range');
		else expect(half).not.toThrow();
	});
});
