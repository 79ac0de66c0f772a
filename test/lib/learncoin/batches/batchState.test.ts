import { batchState, credentialsByRecipient, lookSoonAfterCreating, waitForAnchor } from '../../../../lib/learncoin/batches/batchState';
import { explainRefusal } from '../../../../lib/http/explain';
import { describeCall } from '../../../../lib/learncoin/api/failures';
import { fakeClock, refused } from '../../../support/fakes';
import { learnCoinHints } from '../../../support/hints';

it.each([
	['pending', 'open'],
	['signed', 'open'],
	['signing', 'open'],
	['anchoring', 'open'],
	['anchored', 'anchored'],
	['failed', 'failed'],
	['quarantined', 'unknown'],
	[undefined, 'unknown'],
])('status %s means %s', (status, state) => expect(batchState({ id: 'bat_1', status })).toBe(state));

describe('the wait', () => {
	/** Waits for a minute for statuses given one after another, the last one for ever; jitter off. */
	async function wait(...statuses: string[]) {
		const clock = fakeClock(0);
		let looks = 0;
		const look = async () => ({ id: 'bat_1', status: statuses[Math.min(looks++, statuses.length - 1)] });
		const batch = await waitForAnchor({ look, clock, pollIntervalMs: 1_000, waitTimeoutMs: 60_000, random: () => 0.5 });
		return { status: batch?.status, looks, endedAt: clock.now() };
	}

	it.each(['anchored', 'failed', 'quarantined'])('ends with %s', async (status) => {
		expect(await wait('pending', 'signed', status)).toEqual({ status, looks: 3, endedAt: 7_000 });
	});

	it('ends with the last state when the time is up', async () => {
		expect(await wait('pending')).toMatchObject({ status: 'pending', endedAt: 60_000 });
	});
});

it('a batch that LearnCoin does not find yet is still pending; any other refusal is one', async () => {
	const refusal = (status: number) => async () =>
		await Promise.reject(explainRefusal(refused(status, 'x', 'No'), describeCall('Looking', '', learnCoinHints)));
	expect(await lookSoonAfterCreating({ id: 'bat_1' }, refusal(404))).toEqual({ id: 'bat_1', status: 'pending' });
	await expect(lookSoonAfterCreating({ id: 'bat_1' }, refusal(403))).rejects.toThrow('Looking did not work');
});

it('finds a credential by its recipient, in either letter case; none in a batch without a list', () => {
	const find = credentialsByRecipient({ id: 'bat_1', credentials: [null, { id: 'crd_1' }, { id: 'crd_2', recipient_id: 'urn:uuid:AB' }] });
	expect(find('urn:uuid:ab')).toMatchObject({ id: 'crd_2' });
	expect(find('urn:uuid:cd')).toBeUndefined();
	expect(credentialsByRecipient({ id: 'bat_1', credentials: null })('urn:uuid:ab')).toBeUndefined();
});
