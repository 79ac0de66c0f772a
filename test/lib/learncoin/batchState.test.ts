import type { Clock } from '../../../lib/http/types';
import { batchState, credentialsByRecipient, lookSoonAfterCreating, waitForAnchor } from '../../../lib/learncoin/batchState';
import { explainRefusal } from '../../../lib/http/explain';
import { wordsOf } from '../../../lib/learncoin/failures';
import { fakeClock, refused } from '../../support/fakes';
import { learnCoinPlaces } from '../../support/places';

const wait = async (statuses: string[], clock: Clock, waitTimeoutMs = 600_000) =>
	await waitForAnchor({
		look: async () => ({ id: 'bat_1', status: statuses.length > 1 ? statuses.shift() : statuses[0] }),
		pollIntervalMs: 1_000,
		waitTimeoutMs,
		clock,
		random: () => 0.5,
	});

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

it('looks first after the interval, then doubles it up to 30 s', async () => {
	const clock = fakeClock(0);
	expect(await wait(['pending', 'pending', 'signed', 'signed', 'signed', 'signed', 'signed', 'anchored'], clock)).toMatchObject({
		status: 'anchored',
	});
	expect(clock.slept).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

it.each(['failed', 'quarantined'])('%s ends the wait', async (status) => {
	const clock = fakeClock(0);
	expect(await wait(['pending', status], clock)).toMatchObject({ status });
	expect(clock.slept).toHaveLength(2);
});

it('time up gives the last state, seen at the very end', async () => {
	const clock = fakeClock(0);
	expect(await wait(['pending'], clock, 5_000)).toMatchObject({ status: 'pending' });
	expect(clock.now()).toBe(5_000);
});

it('a batch that LearnCoin does not find yet is still pending; any other refusal is one', async () => {
	const refusal = (status: number) => async () =>
		await Promise.reject(explainRefusal(refused(status, 'x', 'No'), wordsOf('Looking', '', learnCoinPlaces)));
	expect(await lookSoonAfterCreating({ id: 'bat_1' }, refusal(404))).toEqual({ id: 'bat_1', status: 'pending' });
	await expect(lookSoonAfterCreating({ id: 'bat_1' }, refusal(403))).rejects.toThrow('Looking did not work');
});

it('finds a credential by its recipient, in either letter case; none in a batch without a list', () => {
	const find = credentialsByRecipient({ id: 'bat_1', credentials: [null, { id: 'crd_1' }, { id: 'crd_2', recipient_id: 'urn:uuid:AB' }] });
	expect(find('urn:uuid:ab')).toMatchObject({ id: 'crd_2' });
	expect(find('urn:uuid:cd')).toBeUndefined();
	expect(credentialsByRecipient({ id: 'bat_1', credentials: null })('urn:uuid:ab')).toBeUndefined();
});
