import { SendingStopped } from '../../../../lib/http/types';
import type { StatusResult } from '../../../../lib/moca/issuing/client';
import { createConfirmations, type ConfirmationsSetup } from '../../../../lib/moca/issuing/confirmations';
import { fakeClock } from '../../../support/fakes';

const status = (state: StatusResult['state']): StatusResult => ({ state, fields: {} });
const latencyMs = 50;

/** Waits that begin one after another, `everyMs` apart, for credentials that are on-chain after these times; when each was looked at, by its age. */
async function waitFor(chainMs: number[], { everyMs = 5, ...given }: Partial<ConfirmationsSetup> & { everyMs?: number } = {}) {
	const clock = fakeClock(0);
	const setup = { pollIntervalMs: 1_000, waitTimeoutMs: 300_000, clock, random: () => 0.5, ...given };
	const confirmations = createConfirmations(setup);
	const looks: number[][] = chainMs.map(() => []);
	const ends: number[] = [];
	const results: Array<StatusResult | undefined> = [];
	const waits = chainMs.map(async (onChainMs, number) => {
		if (number > 0) await clock.sleep(number * everyMs);
		const since = clock.now();
		results[number] = await confirmations.wait(async () => {
			looks[number]!.push(clock.now() - since);
			await clock.sleep(latencyMs);
			return status(clock.now() - since >= onChainMs ? 'onChain' : 'waiting');
		});
		ends[number] = clock.now() - since;
	});
	await Promise.all(waits);
	return { looks, ends, results };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: number[]) => sum(numbers) / numbers.length;

/** When looks at 1, 3, 7, 15 … times the interval find it. */
function byDoubling(onChainMs: number, firstMs: number): number {
	let at = firstMs;
	for (let interval = firstMs * 2; at + latencyMs < onChainMs; interval = Math.min(30_000, interval * 2)) at += interval;
	return at + latencyMs;
}

/** Times that vary by a quarter around this one, always the same ones. */
const varied = (count: number, meanMs: number) =>
	Array.from({ length: count }, (_, number) => meanMs * (0.75 + (((number * 7_919) % 1_000) / 1_000) * 0.5));

it('a single credential is looked at after the interval, and then at intervals that double up to 30 s', async () => {
	const { looks } = await waitFor([100_000]);
	const intervals = looks[0]!.map((at, number) => at - (looks[0]![number - 1] ?? 0));
	expect(looks[0]!.slice(0, 4).map((at) => Math.round(at / 1_000))).toEqual([1, 3, 7, 15]);
	expect(Math.max(...intervals)).toBeLessThan(31_000);
});

describe.each([1_500, 4_000, 6_000, 20_000])('a run whose credentials take about %i ms, more or less by a quarter', (chainMs) => {
	const times = varied(400, chainMs);
	const run = waitFor(times);

	it('needs at most 1.3 looks for each', async () => {
		const { looks } = await run;
		expect(sum(looks.map(({ length }) => length)) / times.length).toBeLessThanOrEqual(1.3);
	});

	it('knows of them sooner than by doubling, on the whole', async () => {
		const { ends } = await run;
		const doubling = times.map((onChainMs) => byDoubling(onChainMs, 1_000));
		expect(mean(ends)).toBeLessThan(mean(doubling));
		expect(Math.max(...ends)).toBeLessThan(Math.max(...doubling) * 1.1);
	});

	it('looks at no credential before the interval, nor more often than doubling would', async () => {
		const { looks, ends } = await run;
		for (const [number, ages] of looks.entries()) {
			ages.forEach((at, look) => expect(at - (ages[look - 1] ?? 0)).toBeGreaterThanOrEqual(1_000));
			const doubled = Math.ceil(Math.log2((ends[number]! + 1_000) / 1_000));
			expect(ages.length).toBeLessThanOrEqual(doubled + 1);
		}
	});
});

it('finds out that the chain got faster', async () => {
	const { ends } = await waitFor([...varied(300, 8_000), ...varied(600, 2_000)], { everyMs: 40 });
	expect(mean(ends.slice(-100))).toBeLessThan(4_000);
});

it('finds out that the chain got slower, without asking for each over and over', async () => {
	const { looks, ends } = await waitFor([...varied(300, 2_000), ...varied(600, 8_000)], { everyMs: 40 });
	expect(mean(looks.slice(-100).map(({ length }) => length))).toBeLessThan(1.5);
	expect(mean(ends.slice(-100))).toBeLessThan(12_000);
});

it('a service that only finds out when it is asked is not waited for without end', async () => {
	const clock = fakeClock(0);
	const confirmations = createConfirmations({ pollIntervalMs: 1_000, waitTimeoutMs: 300_000, clock, random: () => 0.5 });
	const asked = Array.from({ length: 30 }, () => 0);
	await Promise.all(asked.map((_, number) => confirmations.wait(async () => status(++asked[number]! < 2 ? 'waiting' : 'onChain'))));
	expect(asked).toEqual(Array(30).fill(2));
	expect(clock.now()).toBeLessThan(40_000);
});

it('one that never comes is given with its last status when the time is up, and holds up no other', async () => {
	const { results, ends, looks } = await waitFor([...varied(50, 2_000), Infinity, ...varied(50, 2_000)], { waitTimeoutMs: 60_000 });
	expect(results.map((one) => one?.state)).toEqual([...Array<string>(50).fill('onChain'), 'waiting', ...Array<string>(50).fill('onChain')]);
	expect(ends[50]).toBeGreaterThanOrEqual(60_000);
	expect(ends[50]).toBeLessThan(61_000);
	expect(looks[50]!.length).toBeLessThan(10);
});

it('also when the time is up at once, there is a look', async () => {
	const { looks, results } = await waitFor([Infinity], { waitTimeoutMs: 0 });
	expect(looks[0]).toHaveLength(1);
	expect(results).toEqual([status('waiting')]);
});

it('any other state than waiting ends the wait', async () => {
	const confirmations = createConfirmations({ pollIntervalMs: 1_000, waitTimeoutMs: 60_000, clock: fakeClock() });
	await expect(confirmations.wait(async () => status('unknown'))).resolves.toEqual(status('unknown'));
});

it('a look that fails ends that wait, and no other', async () => {
	const clock = fakeClock();
	const confirmations = createConfirmations({ pollIntervalMs: 1_000, waitTimeoutMs: 60_000, clock });
	const [bad, good] = await Promise.allSettled([
		confirmations.wait(() => Promise.reject(new Error('no'))),
		confirmations.wait(async () => status('onChain')),
	]);
	expect(bad).toMatchObject({ status: 'rejected', reason: new Error('no') });
	expect(good).toMatchObject({ status: 'fulfilled' });
});

describe('a run that is stopped', () => {
	it('ends all waits at once with the last status, or none before the first look', async () => {
		const clock = fakeClock(0);
		const stop = new AbortController();
		const confirmations = createConfirmations({
			pollIntervalMs: 1_000,
			waitTimeoutMs: 60_000,
			clock,
			stop: stop.signal,
			random: () => 0.5,
		});
		const looked = confirmations.wait(async () => status('waiting'));
		await clock.sleep(2_000);
		const fresh = confirmations.wait(() => Promise.reject(new Error('It was looked at')));
		stop.abort();
		await expect(Promise.all([looked, fresh])).resolves.toEqual([status('waiting'), undefined]);
		await expect(confirmations.wait(() => Promise.reject(new Error('It was looked at')))).resolves.toBeUndefined();
	});

	it('gives up a look that was not sent', async () => {
		const confirmations = createConfirmations({ pollIntervalMs: 1_000, waitTimeoutMs: 60_000, clock: fakeClock() });
		await expect(confirmations.wait(() => Promise.reject(new SendingStopped(0)))).resolves.toBeUndefined();
	});
});

it('waits that begin when others have ended are served as well', async () => {
	const clock = fakeClock(0);
	const confirmations = createConfirmations({ pollIntervalMs: 1_000, waitTimeoutMs: 60_000, clock });
	await confirmations.wait(async () => status('onChain'));
	await clock.sleep(10_000);
	await expect(confirmations.wait(async () => status('onChain'))).resolves.toEqual(status('onChain'));
});
