import type { HttpRequest, HttpResponse } from './types';
import { ConnectionFailure } from './types';

const transientStatuses = new Set([408, 429, 500, 502, 503, 504]);
const firstDelayMs = 500;
const longestDelayMs = 20_000;
/** A service that asks for more patience than this gets none: a run that nobody watches should end and say so. */
const longestRetryAfterMs = 5 * 60_000;

/** Whether the same request may be sent again after this outcome of an attempt. */
export function mayRepeat(repeat: HttpRequest['repeat'], outcome: HttpResponse | ConnectionFailure): boolean {
	if (repeat === 'anything') return isTransient(outcome);
	// 429 is the one status by which a service says that it did not even look at the request.
	return outcome instanceof ConnectionFailure ? outcome.neverSent : outcome.status === 429;
}

/** Whether trying later can help, whoever does it. */
export function isTransient(outcome: HttpResponse | ConnectionFailure): boolean {
	return outcome instanceof ConnectionFailure || transientStatuses.has(outcome.status);
}

/** Whether this attempt may have done the work, though its answer doesn't say so: it got none, or the service failed on the way. */
export const mayHaveBeenDone = (outcome: HttpResponse | ConnectionFailure): boolean =>
	outcome instanceof ConnectionFailure ? outcome.mayHaveBeenDone : outcome.status === 408 || outcome.status >= 500;

/**
 * How long to wait, in ms, before attempt `attempts + 1`: what the service asked for, else full jitter over a delay that doubles from 0.5 s
 * to 20 s. `undefined` when the service asks for longer than five minutes.
 *
 * @param random a number in [0, 1)
 */
export function delayBeforeNext(
	outcome: HttpResponse | ConnectionFailure,
	attempts: number,
	nowMs: number,
	random: number,
): number | undefined {
	const asked = outcome instanceof ConnectionFailure ? undefined : parseRetryAfter(outcome.headers['retry-after'], nowMs);
	if (asked !== undefined) return asked <= longestRetryAfterMs ? asked : undefined;
	return random * Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1));
}

/** `Retry-After` as ms from now: seconds or an HTTP date (RFC 9110, 10.2.3). `undefined` for anything else. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
	const text = value?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// An HTTP date starts with a weekday; `Date.parse` alone would also read things like "-5".
	const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
