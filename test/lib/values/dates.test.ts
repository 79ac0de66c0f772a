import fc from 'fast-check';

import { parseDate } from '../../../lib/values/dates';
import { linearCpuMs, cpuMsOf } from '../../support/timing';

const iso = (value: unknown) => {
	const parsed = parseDate(value);
	return parsed.ok ? parsed.iso : `${parsed.why} → ${parsed.hint}`;
};

describe('a day without a time is 00:00 UTC', () => {
	it.each([
		'2026-12-31',
		'2026/12/31',
		'2026.12.31',
		'20261231',
		20261231,
		'31.12.2026',
		'31/12/2026',
		'12/31/2026',
		'31-12-2026',
		'31 Dec 2026',
		'31 December 2026',
		'31st December, 2026',
		'31. Dec 2026',
		'31-Dec-2026',
		'December 31, 2026',
		'Dec 31 2026',
		'Thursday, 31 December 2026',
		'Thu, Dec 31, 2026',
		'  31   Dec 2026 ',
	])('%s', (value) => {
		expect(parseDate(value)).toEqual({ ok: true, iso: '2026-12-31T00:00:00Z', hasTime: false });
	});
});

describe('a time is kept to the instant', () => {
	it.each([
		['2026-12-31T17:05:09Z', '2026-12-31T17:05:09Z'],
		['2026-12-31T17:05:09.250Z', '2026-12-31T17:05:09.250Z'],
		['2026-12-31T17:05:09.1234567Z', '2026-12-31T17:05:09.123Z'],
		['2026-12-31T17:05:09+02:00', '2026-12-31T15:05:09Z'],
		['2026-12-31T17:05:09-0530', '2026-12-31T22:35:09Z'],
		['2026-12-31T23:30:00-05', '2027-01-01T04:30:00Z'],
		['2026-12-31 17:05:09', '2026-12-31T17:05:09Z'],
		['2026-12-31T17:05', '2026-12-31T17:05:00Z'],
		['31.12.2026 17:05', '2026-12-31T17:05:00Z'],
		['12/31/2026, 5:05 PM', '2026-12-31T17:05:00Z'],
		['12/31/2026 12:00 am', '2026-12-31T00:00:00Z'],
		['Thursday, 31 December 2026, 12:30 PM', '2026-12-31T12:30:00Z'],
		['Thu, 31 Dec 2026 17:05:09 GMT', '2026-12-31T17:05:09Z'],
		['Thu Dec 31 2026 17:05:09 GMT+0100 (Central European Standard Time)', '2026-12-31T16:05:09Z'],
	])('%s', (value, expected) => {
		expect(parseDate(value)).toEqual({ ok: true, iso: expected, hasTime: true });
	});

	it('takes numbers for Unix seconds or milliseconds by their size', () => {
		expect(iso(1798761599)).toBe('2026-12-31T23:59:59Z');
		expect(iso('1798761599')).toBe('2026-12-31T23:59:59Z');
		expect(iso(1798761599000)).toBe('2026-12-31T23:59:59Z');
		expect(iso('1798761599.5')).toBe('2026-12-31T23:59:59.500Z');
	});

	it('takes JS dates and Luxon’s', () => {
		expect(iso(new Date('2026-12-31T17:00:00Z'))).toBe('2026-12-31T17:00:00Z');
		expect(iso({ toISO: () => '2026-12-31T17:00:00.000+02:00' })).toBe('2026-12-31T15:00:00Z');
	});

	it('gives back every instant it is given', () => {
		fc.assert(
			fc.property(fc.date({ min: new Date('1975-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
				expect(new Date(iso(date.toISOString())).getTime()).toBe(date.getTime());
				expect(new Date(iso(date.getTime())).getTime()).toBe(date.getTime());
			}),
		);
	});
});

describe('what could be another day is refused', () => {
	it('names both readings', () => {
		expect(iso('01/02/2026')).toBe(
			'“01/02/2026” can be read in two ways, as 1 February 2026 and as 2 January 2026 → Write it with the year first: 2026-02-01 or 2026-01-02.',
		);
		expect(iso('3-4-2026')).toMatch('3 April 2026 and as 4 March 2026');
	});

	it('but not where both readings are the same day, or only one exists', () => {
		expect(iso('05/05/2026')).toBe('2026-05-05T00:00:00Z');
		expect(iso('13/12/2026')).toBe('2026-12-13T00:00:00Z');
	});

	it('reads dots day first, as every country that writes them does', () => {
		expect(iso('01.02.2026')).toBe('2026-02-01T00:00:00Z');
		expect(iso('12.31.2026')).toMatch('does not exist');
	});

	it.each([['31.02.2026'], ['2026-02-30'], ['31/31/2026'], ['29 Feb 2027'], ['2026-00-10']])('%s does not exist', (value) => {
		expect(iso(value)).toMatch('is a day that does not exist');
	});

	it.each([['31.12.26'], ['12/31/26'], ['31-Dec-26'], ['31.12.26 10:00']])('%s has a year of two digits', (value) => {
		expect(iso(value)).toMatch('has a year of two digits');
	});

	it('says which day a spreadsheet’s number looks like, and how to format the column', () => {
		expect(iso(46387)).toBe(
			'“46387” looks like a spreadsheet’s number for 31 December 2026 → A spreadsheet counts days since 1900, some of them since 1904, so it can’t be taken for sure. Format the column as a date or as text (yyyy-mm-dd), and read it as shown.',
		);
		expect(iso('46387.5')).toMatch('31 December 2026');
	});

	it.each([['2026-12-31T25:00:00Z'], ['2026-12-31 10:60'], ['12/31/2026 13:00 PM'], ['2026-12-31T10:00:00+20:00']])(
		'%s has an impossible time',
		(value) => {
			expect(iso(value)).toMatch('has a time that does not exist');
		},
	);

	it.each([[''], ['  '], [undefined], [null]])('%p is empty', (value) => {
		expect(iso(value)).toMatch('is empty');
	});

	it.each([
		['soon'],
		['2026'],
		['31 Dezembre 2026'],
		[true],
		[{}],
		[[]],
		[-5],
		[NaN],
		[new Date('x')],
		[{ toISO: () => null }],
		['2026-12-31 or so'],
		[5_000_000],
	])('%p is not a date', (value) => {
		expect(parseDate(value)).toMatchObject({ ok: false, why: expect.stringMatching(/not a date/) as unknown });
	});

	it('takes Moodle’s 0 for no date', () => {
		expect(iso(0)).toMatch('there is no date');
	});
});

it.each([',', ' ', 'T', '1', '12:00 ', '(', 'a '])('does not hold n8n up with a text of many “%s”', (part) => {
	const text = `x${part.repeat(1_000_000 / part.length)}x`;
	expect(cpuMsOf(() => parseDate(text))).toBeLessThan(linearCpuMs);
	expect(parseDate(text).ok).toBe(false);
});
