import { ExplainedFailure } from '../../../../lib/http/explained';
import type { StatusResult } from '../../../../lib/moca/issuing/client';
import { statusSoonAfterIssuing, waitForOnChain } from '../../../../lib/moca/issuing/waitForOnChain';
import { fakeClock } from '../../../support/fakes';

const waiting: StatusResult = { state: 'waiting', fields: {} };

/** Waits for a minute for statuses given one after another, the last one for ever; jitter off. */
async function wait(...statuses: StatusResult[]) {
	const clock = fakeClock(0);
	let asked = 0;
	const ask = async () => statuses[Math.min(asked++, statuses.length - 1)]!;
	const status = await waitForOnChain({ ask, clock, pollIntervalMs: 1_000, waitTimeoutMs: 60_000, random: () => 0.5 });
	return { status, asked, endedAt: clock.now() };
}

it.each(['onChain', 'unknown'] as const)('a credential that is %s is not waited for any longer', async (state) => {
	const last: StatusResult = { state, fields: { vcStatus: 'x' } };
	expect(await wait(waiting, waiting, last)).toEqual({ status: last, asked: 3, endedAt: 7_000 });
});

it('time up gives the last status', async () => {
	expect(await wait(waiting)).toMatchObject({ status: waiting, endedAt: 60_000 });
});

it('takes “not found” for waiting soon after issuing, and nothing else', async () => {
	const failing = (httpStatus: number) => () => Promise.reject(new ExplainedFailure('no', { hint: '', httpStatus }));
	await expect(statusSoonAfterIssuing(failing(404))).resolves.toEqual(waiting);
	await expect(statusSoonAfterIssuing(failing(401))).rejects.toThrow('no');
});
