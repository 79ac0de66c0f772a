import { runUnits as runAll, type Settled, type Step, type UnitsSetup } from '../../../lib/items/runUnits';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What became of each number from 0 on, in their order. */
async function runUnits<Result>(setup: Omit<UnitsSetup<number, Result>, 'onFinished'>): Promise<Array<Settled<Result>>> {
	const all: Array<Settled<Result>> = [];
	await runAll<number, Result>({ ...setup, onFinished: (unit, settled) => void (all[unit] = settled) });
	return all;
}
const pause = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms));

it('gives every item its outcome, in input order, however they finish', async () => {
	const settled = await runUnits({
		units: numbers(5),
		concurrency: 5,
		begin: (index) => pause(10 - index * 2).then(() => ({ done: index * 10 })),
	});
	expect(settled).toEqual([0, 10, 20, 30, 40].map((result) => ({ state: 'done', result })));
});

it('lets one item fail without touching the others', async () => {
	const settled = await runUnits({
		units: numbers(3),
		concurrency: 1,
		begin: async (index) => (index === 1 ? Promise.reject(new Error('no')) : { done: index }),
	});
	expect(settled.map(({ state }) => state)).toEqual(['done', 'failed', 'done']);
});

it('runs at most as many items at a time as it may', async () => {
	let now = 0;
	let most = 0;
	await runUnits({
		units: numbers(30),
		concurrency: 4,
		begin: async () => {
			most = Math.max(most, ++now);
			await pause();
			now--;
			return { done: 0 };
		},
	});
	expect(most).toBe(4);
});

it('lets items wait without holding a place, so that all wait at the same time', async () => {
	let waiting = 0;
	let most = 0;
	const begin = async (): Promise<Step<number>> => ({
		waiting: async () => {
			most = Math.max(most, ++waiting);
			await pause(20);
			return waiting--;
		},
	});
	await runUnits({ units: numbers(20), concurrency: 2, begin });
	expect(most).toBe(20);
});

describe('once an item failed, and failures stop the run', () => {
	/**
	 * Runs eight items, of which those that don't fail end only after the stop: no timer decides which of them have a place by then, and the
	 * place that the failure frees is the one that could be given away.
	 */
	async function run(workOf: (index: number) => Promise<Step<number>> | undefined, setup: Partial<UnitsSetup<number, number>> = {}) {
		const stop = new AbortController();
		const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
		const started: number[] = [];
		const settled = await runUnits({
			units: numbers(8),
			concurrency: 3,
			stop: stop.signal,
			begin: async (index) => {
				started.push(index);
				return await (workOf(index) ?? stopped.then(() => ({ done: index })));
			},
			onFailed: () => stop.abort(),
			...setup,
		});
		return { started, states: settled.map(({ state }) => state) };
	}

	/** As many steps as a promise may take until it rejects, none of which takes time. */
	async function failAfter(steps: number): Promise<never> {
		for (let step = 0; step < steps; step++) await Promise.resolve();
		throw new Error('no');
	}

	it.each([0, 1, 2, 3, 5, 10, 50])('no other starts, and those on their way finish (after %i steps)', async (steps) => {
		const { started, states } = await run((index) => (index === 1 ? failAfter(steps) : undefined));
		expect(started).toEqual([0, 1, 2]);
		expect(states).toEqual(['done', 'failed', 'done', ...Array<string>(5).fill('notStarted')]);
	});

	it.each([0, 1, 2, 3, 5, 10, 50])('none starts that waited for it because of its key (after %i steps)', async (steps) => {
		const keyOf = (index: number) => (index > 0 ? 'same' : undefined);
		const { started } = await run((index) => (index === 1 ? failAfter(steps) : undefined), { concurrency: 8, keyOf });
		expect(started).toEqual([0, 1]);
	});

	it('while it waited, no other starts than the one that had its place by then', async () => {
		let fail: (error: Error) => void = () => {};
		const failing = new Promise<number>((_, reject) => (fail = reject));
		const { started, states } = await run((index) => {
			if (index === 3) fail(new Error('no'));
			return index === 1 ? Promise.resolve({ waiting: () => failing }) : undefined;
		});
		expect(started).toEqual([0, 1, 2, 3]);
		expect(states).toEqual(['done', 'failed', 'done', 'done', ...Array<string>(4).fill('notStarted')]);
	});
});

it('starts nothing at all for a run that was stopped before', async () => {
	const settled = await runUnits({
		units: numbers(2),
		concurrency: 1,
		stop: AbortSignal.abort(),
		begin: () => Promise.reject(new Error('It was begun')),
	});
	expect(settled).toEqual([{ state: 'notStarted' }, { state: 'notStarted' }]);
});

it('runs items with the same key one after another in input order, the others beside them', async () => {
	const log: string[] = [];
	await runUnits({
		units: numbers(6),
		concurrency: 6,
		keyOf: (index) => (index % 2 === 0 ? 'same' : undefined),
		begin: async (index) => {
			log.push(`+${index}`);
			await pause(6 - index);
			log.push(`-${index}`);
			return { done: index };
		},
	});
	expect(log.filter((entry) => Number(entry.slice(1)) % 2 === 0)).toEqual(['+0', '-0', '+2', '-2', '+4', '-4']);
	expect(log.indexOf('+5')).toBeLessThan(log.indexOf('-0'));
});

it('goes on with the next item of a key when one failed', async () => {
	const settled = await runUnits({
		units: numbers(2),
		concurrency: 2,
		keyOf: () => 'same',
		begin: async (index) => (index === 0 ? Promise.reject(new Error('no')) : { done: 1 }),
	});
	expect(settled.map(({ state }) => state)).toEqual(['failed', 'done']);
});

it('places that become free at once go to units that are ready, before others are made ready', async () => {
	const log: string[] = [];
	function* made() {
		for (const number of numbers(6)) {
			log.push(`made ${number}`);
			yield number;
		}
	}
	const nextTurn = async () => await new Promise<void>((resolve) => setImmediate(resolve));
	await runUnits({
		units: made(),
		concurrency: 2,
		nextTurn,
		begin: async (number) => {
			log.push(`begin ${number}`);
			await pause(20);
			return { done: number };
		},
	});
	expect(log.indexOf('begin 3')).toBeLessThan(log.indexOf('made 4'));
	expect(log.indexOf('made 5')).toBeLessThan(log.indexOf('begin 4'));
});
