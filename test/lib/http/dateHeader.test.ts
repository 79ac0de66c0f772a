import { clockDifference } from '../../../lib/http/dateHeader';
import { answer } from '../../support/fakes';

const nowMs = Date.parse('2026-06-30T12:00:00Z');
const told = (headers: Record<string, string>, sentMs = nowMs, receivedMs = nowMs) =>
	clockDifference(answer(200, {}, headers), sentMs, receivedMs);

it('bounds the difference: the second that the header leaves open, and the time that the answer took', () => {
	expect(told({ date: 'Tue, 30 Jun 2026 12:10:00 GMT' })).toEqual({ least: 600_000, most: 601_000 });
	expect(told({ date: 'Tue, 30 Jun 2026 12:10:00 GMT' }, nowMs - 30_000)).toEqual({ least: 600_000, most: 631_000 });
	expect(told({ date: 'Tue, 30 Jun 2026 11:50:00 GMT' }, nowMs - 30_000)).toEqual({ least: -600_000, most: -569_000 });
});

it.each([
	['no header', {}],
	['an empty one', { date: '' }],
	['words', { date: 'yesterday' }],
	['a number', { date: '1782820800' }],
	['ISO 8601', { date: '2026-06-30T12:10:00Z' }],
	['another zone', { date: 'Tue, 30 Jun 2026 12:10:00 +0200' }],
	['an old form', { date: 'Tuesday, 30-Jun-26 12:10:00 GMT' }],
	['a month that is none', { date: 'Tue, 30 Foo 2026 12:10:00 GMT' }],
	['a year of five digits', { date: 'Tue, 30 Jun 12026 12:10:00 GMT' }],
	['two of them', { date: 'Tue, 30 Jun 2026 12:10:00 GMT, Tue, 30 Jun 2026 12:10:00 GMT' }],
	['an answer out of a cache', { date: 'Tue, 30 Jun 2026 11:50:00 GMT', age: '600' }],
	['an age that is no number', { date: 'Tue, 30 Jun 2026 11:50:00 GMT', age: 'old' }],
] as Array<[string, Record<string, string>]>)('%s tells nothing', (_, headers) => {
	expect(told(headers)).toBeUndefined();
});

it('an age of 0 comes from no cache', () => {
	expect(told({ date: 'Tue, 30 Jun 2026 12:00:00 GMT', age: '0' })).toEqual({ least: 0, most: 1000 });
});
