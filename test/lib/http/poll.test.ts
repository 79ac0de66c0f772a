import fc from 'fast-check';

import { poll, type PollSetup } from '../../../lib/http/poll';
import { SendingStopped } from '../../../lib/http/types';
import { fakeClock } from '../../support/fakes';

type Setup = Partial<PollSetup<string>>;

/** Looks at states given one after another, the last one for ever, from the time 0 on; jitter off. */
function look(states: string[], setup: Setup = {}) {
	const clock = fakeClock(0);
	/** When it was looked. */
	const looks: number[] = [];
	const result = poll({
		look: async () => {
			looks.push(clock.now());
			if (looks.length > 100) throw new Error('It looks for ever');
			return states[Math.min(looks.length, states.length) - 1]!;
		},
		isFinal: (state) => state === 'done',
		pollIntervalMs: 1_000,
		waitTimeoutMs: 600_000,
		clock,
		random: () => 0.5,
		...setup,
	});
	return { result, looks, clock };
}

const looksOf = async (states: string[], setup?: Setup) => {
	const { result, looks } = look(states, setup);
	await result;
	return looks;
};

describe('the interval', () => {
	it('doubles from the shortest one where none is set', async () => {
		expect((await looksOf([...Array<string>(5).fill('open'), 'done'], { pollIntervalMs: 0 })).slice(0, 5)).toEqual([
			100, 300, 700, 1_500, 3_100,
		]);
	});

	it('comes before the first look, and doubles up to 30 s', async () => {
		const seven = [...Array<string>(7).fill('open'), 'done'];
		expect(await looksOf(seven)).toEqual([1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000, 121_000]);
	});

	it('is at least a tenth of a second: nothing is asked in a tight loop', async () => {
		expect((await looksOf(['open', 'done'], { pollIntervalMs: 0 }))[0]).toBe(100);
	});

	it('is up to a tenth shorter or longer, drawn anew each time', async () => {
		const draws = [0, 1 - 1e-9, 0.5];
		const looks = await looksOf(['open', 'open', 'done'], { random: () => draws.shift()! });
		expect(looks.map(Math.round)).toEqual([900, 900 + 2_200, 900 + 2_200 + 4_000]);
	});

	it('differs between those that begin together, without being told how', async () => {
		const begin = () => poll({ look: async () => 'done', isFinal: () => true, pollIntervalMs: 1_000, waitTimeoutMs: 9_000, clock });
		const clock = fakeClock(0);
		await Promise.all(Array.from({ length: 20 }, begin));
		expect(new Set(clock.slept).size).toBeGreaterThan(1);
		expect(Math.min(...clock.slept)).toBeGreaterThanOrEqual(900);
		expect(Math.max(...clock.slept)).toBeLessThanOrEqual(1_100);
	});
});

describe('the end', () => {
	it('is a final state, however much time is left', async () => {
		const { result, looks } = look(['open', 'done', 'open']);
		expect(await result).toBe('done');
		expect(looks).toHaveLength(2);
	});

	it('is exactly at the deadline, with the state seen then', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 100, max: 60_000 }),
				fc.integer({ min: 0, max: 900_000 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				async (pollIntervalMs, waitTimeoutMs, random) => {
					const states = Array.from({ length: 100 }, (_, index) => `look ${index + 1}`);
					const { result, looks } = look(states, { pollIntervalMs, waitTimeoutMs, random: () => random });
					expect(await result).toBe(`look ${looks.length}`);
					expect(looks.at(-1)).toBeCloseTo(waitTimeoutMs, 3);
				},
			),
		);
	});

	it('comes after one look when there is no time at all', async () => {
		const { result, looks } = look(['open'], { waitTimeoutMs: 0 });
		expect(await result).toBe('open');
		expect(looks).toEqual([0]);
	});

	it('is the failure of a look', async () => {
		await expect(look([], { look: () => Promise.reject(new Error('no')) }).result).rejects.toThrow('no');
	});
});

describe('once stopped', () => {
	/** Stops it in the middle of the given sleep. */
	const stopDuringSleep = (sleep: number) => {
		const stop = new AbortController();
		const clock = fakeClock(0);
		const stopping: typeof clock.sleep = async (ms, signal) => {
			const slept = clock.sleep(ms, signal);
			if (clock.slept.length === sleep) stop.abort();
			await slept;
		};
		return { ...look(['first', 'second', 'third'], { clock: { ...clock, sleep: stopping }, stop: stop.signal }), clock };
	};

	it('it wakes at once, looks no more, and ends with what was seen last', async () => {
		const { result, looks, clock } = stopDuringSleep(3);
		expect(await result).toBe('second');
		expect(looks).toHaveLength(2);
		expect(clock.now()).toBe(3_000);
	});

	it('nothing was seen before the first look', async () => {
		const { result, looks, clock } = stopDuringSleep(1);
		expect(await result).toBeUndefined();
		expect(looks).toEqual([]);
		expect(clock.now()).toBe(0);
	});

	it('during a look, that look still counts, and is the last for good', async () => {
		const stop = new AbortController();
		let looks = 0;
		const { result, clock } = look([], {
			stop: stop.signal,
			look: async () => {
				if (++looks > 10) throw new Error('It looks for ever');
				if (looks === 2) stop.abort();
				return `look ${looks}`;
			},
		});
		expect(await result).toBe('look 2');
		await clock.sleep(600_000);
		expect(looks).toBe(2);
	});

	it('a look that could not be sent any more is no failure', async () => {
		let looks = 0;
		const { result } = look([], { look: () => (++looks === 1 ? Promise.resolve('open') : Promise.reject(new SendingStopped(0))) });
		expect(await result).toBe('open');
	});
});
