import type { DeliveryResult } from '../../../scripts/bench/report/deliveries/measure';
import { deliveryTargets, deliveryTexts, profileTable } from '../../../scripts/bench/report/deliveries/section';
import type { WorkersRun } from '../../../scripts/bench/report/workers/measure';
import { workersSection, workerTargets } from '../../../scripts/bench/report/workers/section';
import { filled } from '../../../scripts/docs/markdown';

const kinds = [
	'n8n’s Webhook node',
	'LearnCoin Trigger, true',
	'LearnCoin Trigger, forged',
	'do it yourself, true',
	'do it yourself, forged',
];

/** @param ratios of time and of work to the Webhook node's, for each kind */
const delivered = (...ratios: Array<[time: number, work: number]>): DeliveryResult => ({
	rates: kinds.map((name, index) => {
		const [timeRatio, workRatio] = ratios[index] ?? [1, 1];
		return { name, perSecond: 20 / timeRatio, timeRatio, workMs: 50 * workRatio, workRatio };
	}),
	profiles: kinds.map((name) => ({ name, byOwner: { n8n: 2, 'this package': 0.25 }, otherThreadsMs: 1 })),
});

const results = {
	usual: delivered([1, 1], [1.8, 1.7], [0.8, 0.7], [2, 2], [2, 2]),
	lazy: delivered([1, 1], [1.1, 1.2], [0.3, 0.2], [4, 5], [3, 5]),
};

const run = (ms: number): WorkersRun => ({ ms, workedMs: 10_000, shares: [{ calls: 40, learners: 1_000 }] });

describe('what the report says', () => {
	test('of deliveries has every figure it asks for', async () => {
		const { deliveries, deliveryCauses } = await deliveryTexts(results);
		expect(deliveries).toContain('takes 2.00 × the work for a true delivery');
		expect(deliveryCauses).toContain('this package’s own code takes 0.3 ms of it'.replace('’', "'"));
	});

	test('of two workers says so where they could not be measured', async () => {
		expect(await workersSection({ one: run(50_000), two: run(28_000) })).toContain('**0.56 ×** the time of one');
		expect(await workersSection(undefined)).toContain('Not measured');
		expect(workerTargets(undefined)).toEqual([]);
	});

	test('of a figure that nobody has measured is an error, not a gap', () => {
		expect(() => filled('It took {{long}}.', {})).toThrow('long');
	});

	test('of where n8n works adds up to the whole', () => {
		expect(profileTable(results.lazy)).toContain('| altogether | 3.25 | 3.25 | 3.25 | 3.25 | 3.25 |');
	});
});

describe('a target holds', () => {
	test('for a delivery only when both its time and its work are within it', () => {
		const holds = (signed: [number, number], forged: [number, number]) =>
			deliveryTargets({ usual: results.usual, lazy: delivered([1, 1], signed, forged) })
				.slice(2)
				.map((target) => target.holds);
		expect(holds([1.25, 1.25], [0.5, 0.5])).toEqual([true, true]);
		expect(holds([1.26, 1.2], [0.4, 0.51])).toEqual([false, false]);
		expect(deliveryTargets(results).map(({ holds: held }) => held)).toEqual([false, false, true, true]);
	});

	test('for two workers up to 0.6 × the time of one', () => {
		expect(workerTargets({ one: run(50_000), two: run(30_000) })).toMatchObject([{ holds: true }]);
		expect(workerTargets({ one: run(50_000), two: run(30_100) })).toMatchObject([{ holds: false }]);
	});
});
