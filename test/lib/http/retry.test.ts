import fc from 'fast-check';

import { delayBeforeNext, mayRepeat, parseRetryAfter } from '../../../lib/http/retry';
import { ConnectionFailure } from '../../../lib/http/types';
import { answer } from '../../support/fakes';

const now = Date.parse('2026-11-20T12:00:00Z');

describe('mayRepeat', () => {
	it.each([408, 429, 500, 502, 503, 504])('repeats what may be repeated after %i', (status) => {
		expect(mayRepeat('anything', answer(status))).toBe(true);
	});

	it.each([200, 301, 400, 401, 403, 404, 409, 422])('never repeats after %i', (status) => {
		expect(mayRepeat('anything', answer(status))).toBe(false);
		expect(mayRepeat('unprocessed', answer(status))).toBe(false);
	});

	it('repeats after a lost connection only when a second arrival does no harm', () => {
		const lost = new ConnectionFailure('ECONNRESET');
		expect(mayRepeat('anything', lost)).toBe(true);
		expect(mayRepeat('unprocessed', lost)).toBe(false);
	});

	it('repeats a harmful request when it surely was not processed: 429, or no connection at all', () => {
		expect(mayRepeat('unprocessed', answer(429))).toBe(true);
		expect(mayRepeat('unprocessed', new ConnectionFailure('ECONNREFUSED'))).toBe(true);
		expect([408, 500, 502, 503, 504].map((status) => mayRepeat('unprocessed', answer(status)))).not.toContain(true);
	});
});

describe('delayBeforeNext', () => {
	it('doubles from half a second and is capped at 20 seconds', () => {
		const longest = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => delayBeforeNext(answer(500), attempts, now, 1));
		expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
	});

	it('spreads over the whole range from zero (full jitter)', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, random) => {
				const delay = delayBeforeNext(answer(503), attempts, now, random)!;
				expect(delay).toBeCloseTo(random * Math.min(20_000, 500 * 2 ** (attempts - 1)), 5);
			}),
		);
	});

	it('lets Retry-After win over its own delay', () => {
		expect(delayBeforeNext(answer(429, {}, { 'retry-after': '7' }), 1, now, 0)).toBe(7000);
	});

	it('waits for five minutes, the longest that it waits', () => {
		expect(delayBeforeNext(answer(429, {}, { 'retry-after': '300' }), 1, now, 0.5)).toBe(300_000);
	});

	it('gives up when the service asks for more than five minutes', () => {
		expect(delayBeforeNext(answer(429, {}, { 'retry-after': '301' }), 1, now, 0.5)).toBeUndefined();
	});
});

describe('parseRetryAfter', () => {
	it('reads seconds', () => expect(parseRetryAfter('120', now)).toBe(120_000));
	it('reads parts of a second, and takes blanks off', () => {
		expect(parseRetryAfter(' 1.25 ', now)).toBe(1_250);
		expect(parseRetryAfter('  ', now)).toBeUndefined();
	});
	it('reads a date without a comma', () => expect(parseRetryAfter('Fri 20 Nov 2026 12:00:30 GMT', now)).toBe(30_000));
	it('reads an HTTP date', () => expect(parseRetryAfter('Fri, 20 Nov 2026 12:00:30 GMT', now)).toBe(30_000));
	it('takes a date gone by for “now”', () => expect(parseRetryAfter('Fri, 20 Nov 2026 11:00:00 GMT', now)).toBe(0));
	it.each([undefined, '', 'soon', '-5', 'NaN', '1e3', '1.x', '5; Fri, 20 Nov 2026 12:00:30 GMT'])('ignores %p', (value) =>
		expect(parseRetryAfter(value, now)).toBeUndefined(),
	);
});
