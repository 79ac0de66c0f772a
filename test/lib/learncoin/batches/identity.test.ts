import { batchKey, identityOf } from '../../../../lib/learncoin/batches/identity';
import type { CheckedCredential } from '../../../../lib/learncoin/credentials/credentialInput';

const credential = (change: object = {}) =>
	({
		recipient: { id: 'urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10', name: 'Ada' },
		achievement: { name: 'First Aid', description: 'Helps.' },
		issuanceDate: '2026-05-01T10:20:30Z',
		...change,
	}) as CheckedCredential;

const same: Array<[string, object]> = [
	['letter case of the recipient ID', { recipient: { id: 'urn:uuid:6F1C9D5E-8A35-4B0C-9C39-3D2F1F5A7B10', name: 'Ada' } }],
	['the name', { recipient: { ...credential().recipient, name: 'Ada Lovelace' } }],
	['the description', { achievement: { name: 'First Aid', description: 'In other words.' } }],
	['the time of day', { issuanceDate: '2026-05-01T23:00:00Z' }],
	['an end', { expirationDate: '2030-05-01T00:00:00Z' }],
];
it.each(same)('%s makes no other credential', (_, change) => {
	expect(identityOf(credential(change), true)).toBe(identityOf(credential(), true));
});

const other: Array<[string, object]> = [
	['learner', { recipient: { id: 'urn:uuid:00000000-8a35-4b0c-9c39-3d2f1f5a7b10', name: 'Ada' } }],
	['achievement', { achievement: { name: 'Cooking', description: 'Helps.' } }],
	['achievement ID', { achievement: { id: 'https://example.com/a', name: 'First Aid', description: 'Helps.' } }],
	['day that somebody gave', { issuanceDate: '2025-05-01T10:20:30Z' }],
];
it.each(other)('another %s makes another credential', (_, change) => {
	expect(identityOf(credential(change), true)).not.toBe(identityOf(credential(), true));
});

it('a date that nobody gave makes no difference', () => {
	expect(identityOf(credential({ issuanceDate: '2025-05-01T00:00:00Z' }), false)).toBe(identityOf(credential(), false));
});

it('the key of a batch is the same in every order, and another one with one learner more', () => {
	expect(batchKey(['a', 'b', 'c'])).toBe(batchKey(['c', 'a', 'b']));
	expect(batchKey(['a', 'b'])).not.toBe(batchKey(['a', 'b', 'c']));
	expect(batchKey(['a'], 'bat_1')).not.toBe(batchKey(['a']));
	expect(batchKey(['ab', 'c'])).not.toBe(batchKey(['a', 'bc']));
});

// A run that is repeated after an update of this package must be recognised: another value issues everything once more.
it('never changes for known learners', () => {
	expect([identityOf(credential(), true), batchKey([identityOf(credential(), true)])]).toEqual([
		'["urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10","First Aid","2026-05-01"]',
		'e73c8a5a-462f-4ff4-8929-82f83033cf91',
	]);
});
