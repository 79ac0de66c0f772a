import { verify } from '../../../../lib/learncoin/credentials/verify';

const now = Date.parse('2026-11-20T12:00:00Z');
const anchored = { id: 'crd_1', status: 'anchored', revoked: false, erased: false, signed_credential: {} };

it.each([
	['an anchored one', {}, true, ['anchored']],
	['one that expires later', { signed_credential: { expirationDate: '2026-11-20T12:00:01Z' } }, true, ['anchored']],
	[
		'one that expired, in the other documents’ name for it',
		{ signed_credential: { validUntil: '2026-11-20T12:00:00Z' } },
		false,
		['expired'],
	],
	['a revoked one', { revoked: true }, false, ['revoked']],
	['an erased one', { erased: true }, true, ['anchored', 'erased']],
	[
		'a revoked, expired and erased one',
		{ revoked: true, erased: true, signed_credential: { expirationDate: '2020-01-01' } },
		false,
		['revoked', 'expired', 'erased'],
	],
	['one whose document isn’t there', { signed_credential: null }, false, ['expiryUnknown']],
	['an erased one whose document isn’t there', { erased: true, signed_credential: undefined }, false, ['expiryUnknown', 'erased']],
	['a revoked one whose document isn’t there', { revoked: true, signed_credential: null }, false, ['revoked']],
	['one whose end can’t be read', { signed_credential: { validUntil: 'soon' } }, false, ['expiryUnknown']],
	['a pending one', { status: 'pending', signed_credential: null }, false, ['notAnchored']],
	['one in a state that isn’t documented', { status: 'quarantined' }, false, ['notAnchored']],
	['one whose state says that it is revoked', { status: 'revoked' }, false, ['revoked']],
	['one whose state says that it is erased', { status: 'erased' }, true, ['anchored', 'erased']],
	['one whose end is a number, not a date', { signed_credential: { validUntil: 4_000_000_000_000 } }, false, ['expiryUnknown']],
] as const)('%s', (_what, change, valid, reasons) => {
	expect(verify({ ...anchored, ...change }, now)).toMatchObject({ valid, reasons });
});

it('tells when it ends, in UTC; never is null', () => {
	const endOf = (signed_credential: unknown) => verify({ ...anchored, signed_credential } as typeof anchored, now).expiresAt;
	expect(endOf({ validUntil: '2030-01-01T01:00:00+01:00' })).toBe('2030-01-01T00:00:00.000Z');
	expect(endOf({})).toBeNull();
});
