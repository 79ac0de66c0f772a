import { createPace, type Pace } from '../../../lib/http/pace';
import type { Clock } from '../../../lib/http/types';
import { fakeClock } from '../../support/fakes';

/** When so many requests may start, one asking after the other. */
async function startsOf(pace: Pace, clock: Clock, count: number): Promise<number[]> {
	const starts: number[] = [];
	for (let request = 0; request < count; request++) {
		await pace.turn();
		starts.push(clock.now());
	}
	return starts;
}

/** How far apart requests start from now on. */
async function spacingOf(pace: Pace, clock: Clock): Promise<number> {
	const [first, second] = await startsOf(pace, clock, 2);
	return second! - first!;
}

const setUp = (requestsPerSecond = 0) => {
	const clock = fakeClock(0);
	return { clock, pace: createPace(requestsPerSecond, clock) };
};

describe('the rate', () => {
	it('without a limit, nothing waits', async () => {
		const { clock, pace } = setUp();
		expect(await startsOf(pace, clock, 5)).toEqual([0, 0, 0, 0, 0]);
		expect(clock.slept).toEqual([]);
	});

	it('spaces the starts evenly, in the order in which they ask, from the first on', async () => {
		const { clock, pace } = setUp(4);
		const starts: Array<[string, number]> = [];
		await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => pace.turn().then(() => starts.push([name, clock.now()]))));
		expect(starts).toEqual([
			['a', 0],
			['b', 250],
			['c', 500],
			['d', 750],
		]);
	});

	it('takes no harm from timers that are late: the lateness does not add up', async () => {
		const clock = fakeClock(0);
		const late: Clock = { ...clock, sleep: async (ms) => await clock.sleep(ms + 30) };
		expect(await startsOf(createPace(10, late), clock, 5)).toEqual([0, 130, 230, 330, 430]);
	});

	it('is not made up for after a time without requests', async () => {
		const { clock, pace } = setUp(10);
		await startsOf(pace, clock, 1);
		await clock.sleep(10_000);
		expect(await startsOf(pace, clock, 3)).toEqual([10_000, 10_100, 10_200]);
	});
});

describe('the pause after an overload', () => {
	it('holds back whoever asks during it, with one sleep', async () => {
		const { clock, pace } = setUp();
		pace.slowDown(2_000);
		expect(await startsOf(pace, clock, 1)).toEqual([2_000]);
		expect(clock.slept).toEqual([2_000]);
	});

	it('holds back those, too, who were waiting for their turn when it began, and keeps them apart', async () => {
		const { clock, pace } = setUp(10);
		const starts: number[] = [];
		const turns = Array.from({ length: 4 }, async () => pace.turn().then(() => starts.push(clock.now())));
		pace.slowDown(5_000);
		await Promise.all(turns);
		const [first, ...held] = starts;
		expect(first).toBe(0);
		expect(Math.min(...held)).toBeGreaterThanOrEqual(5_000);
		expect(new Set(held).size).toBe(held.length);
	});

	it('lasts until the latest point that was asked for', async () => {
		const { clock, pace } = setUp();
		pace.slowDown(3_000);
		pace.slowDown(1_000);
		expect(await startsOf(pace, clock, 1)).toEqual([3_000]);
	});

	it.each([
		['before', true],
		['during', false],
	])('ends at once for a run that was stopped %s it', async (_, before) => {
		const { clock, pace } = setUp();
		const stop = new AbortController();
		pace.slowDown(60_000);
		if (before) stop.abort();
		const turn = pace.turn(stop.signal);
		stop.abort();
		await turn;
		expect(clock.now()).toBe(0);
	});
});

describe('the spacing after an overload', () => {
	it('begins at 20 ms where there was none, doubles each time, and stays within 2 s', async () => {
		const { clock, pace } = setUp();
		const spacings: number[] = [];
		for (let overload = 0; overload < 10; overload++) {
			pace.slowDown(0);
			spacings.push(await spacingOf(pace, clock));
		}
		expect(spacings).toEqual([20, 40, 80, 160, 320, 640, 1_280, 2_000, 2_000, 2_000]);
	});

	it('doubles a rate of the run’s own', async () => {
		const { clock, pace } = setUp(4);
		pace.slowDown(0);
		expect(await spacingOf(pace, clock)).toBe(500);
	});

	it.each([
		['none', 0, 0],
		['that of its rate', 4, 250],
	])('shrinks with each request that goes through, back to the run’s own: %s', async (_, requestsPerSecond, own) => {
		const { clock, pace } = setUp(requestsPerSecond);
		for (let overload = 0; overload < 5; overload++) pace.slowDown(0);
		const spacings = [await spacingOf(pace, clock)];
		while (spacings.at(-1) !== own && spacings.length < 100) {
			pace.wentThrough();
			spacings.push(await spacingOf(pace, clock));
		}
		expect(spacings.length).toBeGreaterThan(10);
		expect(spacings).toEqual([...spacings].sort((a, b) => b - a));
		pace.wentThrough();
		expect(await spacingOf(pace, clock)).toBe(own);
	});

	it('is no wider than before for requests that go through without one', async () => {
		const { clock, pace } = setUp(4);
		pace.wentThrough();
		expect(await spacingOf(pace, clock)).toBe(250);
	});
});
