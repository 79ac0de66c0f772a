import type { Batch } from '../../../../lib/learncoin/api/types';
import { badgeOf } from '../../../../nodes/LearnCoin/shared/badge';

const batch = {
	id: 'bat_1',
	status: 'anchored',
	error: null,
	anchor: { transaction: '0x1' },
	credentials_count: 2,
	credentials: [
		{ id: 'crd_1', recipient_id: 'urn:uuid:1', verify_url: 'https://verify.example.com/1' },
		{ id: 'crd_2', recipient_id: 'urn:uuid:2', verify_url: 'https://verify.example.com/2' },
	],
} as unknown as Batch;

it('gives each recipient their own credential, and what the batch says of all, under the batch’s own ID', () => {
	expect(badgeOf(batch, { id: 'urn:uuid:2', name: 'Bo' })).toEqual({
		batch_id: 'bat_1',
		status: 'anchored',
		anchor: { transaction: '0x1' },
		id: 'crd_2',
		recipient_id: 'urn:uuid:2',
		verify_url: 'https://verify.example.com/2',
		recipientName: 'Bo',
	});
});

it('does not give a batch’s ID or error for the item’s own, which n8n would take it for', () => {
	const failed = { ...batch, status: 'failed', error: 'Out of gas', credentials: [] };
	const badge = badgeOf(failed, { id: 'urn:uuid:1', name: 'Ada' });
	expect(badge).toMatchObject({ batch_id: 'bat_1', batch_error: 'Out of gas' });
	expect(Object.keys(badge)).not.toEqual(expect.arrayContaining(['id']));
	expect(Object.keys(badge)).not.toEqual(expect.arrayContaining(['error']));
});

it('items share no object: whoever changes one in a later node changes it alone', () => {
	const [one, other] = ['urn:uuid:1', 'urn:uuid:2'].map((id) => badgeOf(batch, { id, name: '' }));
	(one!.anchor as { transaction: string }).transaction = 'changed';
	expect(other!.anchor).toEqual({ transaction: '0x1' });
	expect(batch).toMatchObject({ anchor: { transaction: '0x1' } });
});
