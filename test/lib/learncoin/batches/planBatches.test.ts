import fc from 'fast-check';

import type { CheckedCredential } from '../../../../lib/learncoin/credentials/credentialInput';
import { checkIdempotencyKey } from '../../../../lib/learncoin/api/idempotency';
import { planBatches, type Batchable } from '../../../../lib/learncoin/batches/planBatches';
import { thrownBy } from '../../../support/failures';

const entry = (index: number, recipient = index, change: Partial<Batchable> = {}): Batchable => ({
	index,
	credential: {
		recipient: { id: `urn:uuid:6f1c9d5e-8a35-4b0c-9c39-${String(recipient).padStart(12, '0')}` },
		achievement: {},
	} as CheckedCredential,
	group: 'g',
	batchSize: 3,
	identity: String(index),
	isOnce: false,
	...change,
});

const plan = (entries: Batchable[]) => planBatches(entries).map(({ entries: members }) => members.map(({ index }) => index));

it('fills one batch after another, in input order', () => {
	expect(plan([0, 1, 2, 3, 4, 5, 6].map((index) => entry(index)))).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
});

it('keeps the place of a refused row, so that the other batches stay the same when it is corrected', () => {
	expect(plan([0, 2, 3, 4, 5].map((index) => entry(index)))).toEqual([
		[0, 2],
		[3, 4, 5],
	]);
});

it('puts a recipient’s second and third credential into batches of their own, filled as well', () => {
	const entries = [0, 1, 2, 3].flatMap((recipient) => [0, 1].map((course) => entry(recipient * 2 + course, recipient)));
	expect(plan(entries)).toEqual([[0, 2, 4], [1, 3, 5], [6], [7]]);
});

it('takes a UUID in capitals for the same recipient', () => {
	const [small, capital] = [entry(0, 0xabc), entry(1, 0xabc)];
	capital!.credential.recipient.id = `urn:uuid:${small!.credential.recipient.id.slice(9).toUpperCase()}`;
	expect(plan([small!, capital!])).toEqual([[0], [1]]);
});

it('keeps groups apart, such as those with other keys', () => {
	expect(plan([entry(0), entry(1, 1, { group: 'h' }), entry(2)])).toEqual([[0, 2], [1]]);
});

it('keeps every credential, none with its recipient twice in a batch, none over the size', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(4)), fc.integer({ min: 1, max: 5 }), (recipients, batchSize) => {
			const batches = planBatches(recipients.map((recipient, index) => entry(index, recipient, { batchSize })));
			expect(batches.flatMap(({ entries }) => entries.map(({ index }) => index)).sort((a, b) => a - b)).toEqual(
				recipients.map((_, index) => index),
			);
			for (const { entries } of batches) {
				expect(entries.length).toBeLessThanOrEqual(batchSize);
				expect(new Set(entries.map(({ credential }) => credential.recipient.id)).size).toBe(entries.length);
			}
		}),
	);
});

describe('an own key', () => {
	const withKey = (key: string) => [0, 1, 2, 3].map((index) => entry(index, index, { ownKey: checkIdempotencyKey(key) }));

	it('is the first batch’s, and numbered for the others', () => {
		expect(planBatches(withKey('spring')).map(({ key }) => key)).toEqual(['spring', 'spring-2']);
	});

	it('must leave room for the numbers', () => {
		expect(thrownBy(() => planBatches(withKey('k'.repeat(254))))).toMatch('The idempotency key has 256 characters');
	});

	it.each([
		['k'.repeat(256), 'has 256 characters'],
		['línea', 'cannot be sent in a header'],
		['a\nb', 'cannot be sent in a header'],
	])('%p is refused', (key, message) => expect(thrownBy(() => checkIdempotencyKey(key))).toMatch(message));
});
