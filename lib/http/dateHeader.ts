import type { HttpResponse } from './types';

/** How far a service's clock is ahead of this machine's, in ms, negative when it is behind: at least and at most. */
export interface ClockDifference {
	least: number;
	most: number;
}

/** As servers must write it (RFC 9110, 5.6.7). Nothing else is read: `Date.parse` alone makes a time of almost anything. */
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * What an answer's `Date` tells. It was written at some moment between sending and receiving, and holds whole seconds, so it bounds the
 * difference and doesn't say it: a slow answer tells little, never something wrong.
 *
 * @param sentMs by this machine's clock, milliseconds since the epoch
 * @param receivedMs likewise
 * @returns undefined when there is no `Date` to go by: missing, several, not an HTTP date, or from a cache, which keeps that of the first answer
 */
export function clockDifference({ headers }: HttpResponse, sentMs: number, receivedMs: number): ClockDifference | undefined {
	const date = headers.date?.trim() ?? '';
	const dateMs = httpDate.test(date) ? Date.parse(date) : NaN;
	// A cache says how old its answer is (RFC 9111, 5.1).
	const age = headers.age?.trim() ?? '';
	if (Number.isNaN(dateMs) || (age !== '' && age !== '0')) return undefined;
	return { least: dateMs - receivedMs, most: dateMs + 1000 - sentMs };
}
