import { checkExpiry } from '../../../../lib/proof/state/expiry';

const nowMs = Date.UTC(2026, 5, 1);
const [past, later, latest] = ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '2099-01-01T00:00:00Z'];
const check = (document: object, notCovered: string[] = []) => {
	const { finding, expiresAt } = checkExpiry({ ...document }, notCovered, nowMs);
	return [finding.verdict, finding.means, expiresAt?.slice(0, 4)];
};

it('reads the end in both models of data', () => {
	expect(check({ validUntil: later })).toEqual(['holds', undefined, '2027']);
	expect(check({ expirationDate: later })).toEqual(['holds', undefined, '2027']);
	expect(check({})).toEqual(['holds', undefined, undefined]);
});

it('what ended, or ends now, has expired', () => {
	expect(check({ validUntil: past })).toEqual(['fails', 'expired', '2026']);
	expect(check({ validUntil: new Date(nowMs).toISOString() })[0]).toBe('fails');
	expect(check({ validUntil: new Date(nowMs + 1).toISOString() })[0]).toBe('holds');
});

it('an end that the proof does not cover is told as such', () => {
	expect(check({ expirationDate: later }, ['expirationDate'])).toEqual(['partly', undefined, '2027']);
	expect(checkExpiry({ expirationDate: past }, ['expirationDate'], nowMs).finding).toMatchObject({
		means: 'expired',
		reason: expect.stringContaining('does not cover') as string,
	});
});

it('a covered end counts, whatever was added beside it', () => {
	expect(check({ validUntil: past, expirationDate: latest }, ['expirationDate'])).toEqual(['fails', 'expired', '2026']);
	expect(check({ validUntil: later, expirationDate: past }, ['expirationDate'])).toEqual(['holds', undefined, '2027']);
});

it('of two covered ends, the earlier counts', () => {
	expect(check({ validUntil: latest, expirationDate: later })).toEqual(['holds', undefined, '2027']);
});

it('what does not count yet, and an end that cannot be read, are left open', () => {
	expect(check({ validFrom: later })[0]).toBe('notProven');
	expect(check({ validFrom: past, validUntil: later })[0]).toBe('holds');
	for (const validUntil of ['soon', 7, {}, '9'.repeat(100)]) expect(check({ validUntil })[0]).toBe('notProven');
});
