import { ExplainedFailure } from '../../../lib/http/explained';
import { SendingStopped } from '../../../lib/http/types';
import type { StatusResult } from '../../../lib/moca/client';
import { statusSoonAfterIssuing, waitForOnChain } from '../../../lib/moca/waitForOnChain';
import { fakeClock } from '../../support/fakes';

const waiting: StatusResult = { state: 'waiting', fields: {} };
const onChain: StatusResult = { state: 'onChain', fields: {} };

/** Waits for statuses given one after another, the last one for ever; jitter off. */
function wait(
	statuses: StatusResult[],
	setup: { waitTimeoutMs?: number; pollIntervalMs?: number; stop?: AbortSignal; random?: () => number } = {},
) {
	const clock = fakeClock();
	let asked = 0;
	const ask = async () => statuses[Math.min(asked++, statuses.length - 1)]!;
	const result = waitForOnChain({ ask, clock, pollIntervalMs: 1000, waitTimeoutMs: 300_000, random: () => 0.5, ...setup });
	return result.then((status) => ({ status, asked, slept: clock.slept }));
}

it('looks first after the poll interval, then at intervals that double', async () => {
	const { status, slept } = await wait([waiting, waiting, waiting, onChain]);
	expect(status).toBe(onChain);
	expect(slept).toEqual([1000, 2000, 4000, 8000]);
});

it('never waits longer than 30 s between two looks', async () => {
	const { slept } = await wait([...Array<StatusResult>(9).fill(waiting), onChain]);
	expect(Math.max(...slept)).toBe(30_000);
});

it('spreads the looks by a tenth to both sides', async () => {
	expect((await wait([onChain], { random: () => 0 })).slept).toEqual([900]);
	expect((await wait([onChain], { random: () => 0.9999 })).slept[0]).toBeCloseTo(1100, -1);
});

it('takes a last look when the time is up, and ends with what it saw', async () => {
	const { status, asked, slept } = await wait([waiting], { waitTimeoutMs: 5000 });
	expect(status).toBe(waiting);
	expect(slept).toEqual([1000, 2000, 2000]);
	expect(asked).toBe(3);
});

it('looks once when there is no time at all', async () => {
	expect(await wait([onChain], { waitTimeoutMs: 0 })).toMatchObject({ status: onChain, asked: 1 });
});

it('stops at an undocumented state instead of asking for ever', async () => {
	const unknown: StatusResult = { state: 'unknown', fields: { vcStatus: 'REMOVE' } };
	expect(await wait([waiting, unknown])).toMatchObject({ status: unknown, asked: 2 });
});

it('never asks in a tight loop, even with an interval of zero', async () => {
	const { slept } = await wait([waiting, onChain], { pollIntervalMs: 0 });
	expect(Math.min(...slept)).toBeGreaterThanOrEqual(100);
});

it('asks no more once stopped, and keeps what it saw', async () => {
	const stop = new AbortController();
	const clock = fakeClock();
	let asked = 0;
	const ask = async () => {
		if (++asked === 2) stop.abort();
		return waiting;
	};
	expect(await waitForOnChain({ ask, clock, pollIntervalMs: 1000, waitTimeoutMs: 60_000, stop: stop.signal })).toBe(waiting);
	expect(asked).toBe(2);
});

it('takes a request that was stopped for a stop, not for a failure', async () => {
	const ask = () => Promise.reject(new SendingStopped(0));
	expect(await waitForOnChain({ ask, clock: fakeClock(), pollIntervalMs: 1000, waitTimeoutMs: 60_000 })).toBeUndefined();
});

it('fails with what the status fails with', async () => {
	const ask = () => Promise.reject(new ExplainedFailure('no', { hint: '' }));
	await expect(waitForOnChain({ ask, clock: fakeClock(), pollIntervalMs: 1000, waitTimeoutMs: 60_000 })).rejects.toThrow('no');
});

it('takes “not found” for waiting soon after issuing, and nothing else', async () => {
	const failing = (httpStatus: number) => () => Promise.reject(new ExplainedFailure('no', { hint: '', httpStatus }));
	await expect(statusSoonAfterIssuing(failing(404))).resolves.toEqual(waiting);
	await expect(statusSoonAfterIssuing(failing(401))).rejects.toThrow('no');
});
