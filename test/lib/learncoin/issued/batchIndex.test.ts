import { createBatchIndex, linkOf } from '../../../../lib/learncoin/issued/batchIndex';
import { credentialInput } from '../../../support/issuers';
import { recipientId } from '../../../support/learncoin';

const pending = { id: 'bat_1', status: 'pending', credentials_count: 2, created_at: '2026-06-30T00:00:00Z' };
const listed = (number: number, verify_url: unknown = `https://learncoin.me/c/crd_${number}`) => ({
	id: `crd_${number}`,
	recipient_id: recipientId(number),
	verify_url,
});
const anchored = { ...pending, status: 'anchored', credentials: [listed(1), listed(2)] };

describe('who is in a batch is told', () => {
	it('by an answer that lists them all, whatever its state', () => {
		const index = createBatchIndex();
		expect(index.take({ ...anchored, status: 'signed' })).toMatchObject({ state: 'open', hasMembers: true });
		expect(index.of(recipientId(2))[0]).toMatchObject({ id: 'crd_2' });
	});

	it('by none that lists a part of an open one, or nobody', () => {
		const index = createBatchIndex();
		expect(index.take({ ...pending, credentials: [listed(1)] }).hasMembers).toBe(false);
		expect(index.take({ ...pending, credentials: [] }, true).hasMembers).toBe(false);
		expect(index.take({ ...pending, credentials: null }, true).hasMembers).toBe(false);
	});

	it('not by an answer from before the anchoring that comes after the list has said “anchored”', () => {
		const index = createBatchIndex();
		index.take({ ...pending, status: 'anchored' });
		expect(index.take(pending, true)).toMatchObject({ state: 'anchored', hasMembers: false, isListed: false });
		expect(index.take(anchored, true)).toMatchObject({ hasMembers: true, isListed: true });
	});

	it('by an anchored one’s own answer, also where an erasure has taken somebody out', () => {
		const index = createBatchIndex();
		expect(index.take({ ...anchored, credentials: [listed(1)] }, true)).toMatchObject({ hasMembers: true, isListed: true });
	});

	it('by whoever sent it, before LearnCoin lists anybody', () => {
		const index = createBatchIndex();
		const batch = index.takeSent(pending, [credentialInput(1), credentialInput(2)]);
		expect(batch).toMatchObject({ hasMembers: true, isListed: false });
		expect(index.of(recipientId(1))[0]).toMatchObject({ achievement: { name: 'First Aid' } });
		index.take(anchored);
		expect(index.of(recipientId(1))).toHaveLength(1);
		expect(index.of(recipientId(1))[0]).toMatchObject({ id: 'crd_1', achievement: { name: 'First Aid' } });
	});
});

it('a state once final stays so, whatever an answer says that was given again', () => {
	const index = createBatchIndex();
	index.take(anchored);
	expect(index.take(pending).state).toBe('anchored');
});

it('recipients are the same in either letter case', () => {
	const index = createBatchIndex();
	index.take({ ...anchored, credentials: [{ ...listed(1), recipient_id: recipientId(1).toUpperCase() }, listed(2)] });
	expect(index.of(recipientId(1))).toHaveLength(1);
});

it.each(['https://learncoin.me/c/crd_1', 'https://learncoin.me/c/crd_1?from=crd_1', 'https://elsewhere.example/x', undefined])(
	'the link %p comes out as it was given',
	(link) => {
		const index = createBatchIndex();
		index.take({ ...anchored, credentials: [listed(1, link ?? null), listed(2)] });
		expect(linkOf(index.of(recipientId(1))[0]!)).toBe(link);
	},
);
