import { runUnits, type Step } from '../../../lib/items/runUnits';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
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

it('starts no further item once stopped, and lets the started ones finish', async () => {
	const stop = new AbortController();
	const settled = await runUnits({
		units: numbers(10),
		concurrency: 2,
		stop: stop.signal,
		begin: async (index) => {
			if (index === 0) return await Promise.reject(new Error('no'));
			await pause(5);
			return { done: index };
		},
		onFailed: () => stop.abort(),
	});
	expect(settled.map(({ state }) => state)).toEqual(['failed', 'done', ...Array<string>(8).fill('notStarted')]);
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
