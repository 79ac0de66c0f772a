import type { JsonObject } from '../../values/json';
import type { Finding } from '../verdict';

export interface ExpiryCheck {
	finding: Finding;
	/** ISO 8601 UTC; null for never, or if nobody can say. */
	expiresAt: string | null;
	/** ISO 8601 UTC, as the document says. */
	issuedAt: string | null;
}

const endNames = ['validUntil', 'expirationDate'] as const;
const startNames = ['validFrom', 'issuanceDate'] as const;

/**
 * Whether a badge counts by its dates, in both models of data (docs/api/learncoin.md 12, no. 15). Of several dates, those that the proof covers
 * count, because anybody can add another one; of those, the strictest.
 *
 * @param notCovered fields that the proof doesn't cover
 * @param nowMs milliseconds since the epoch; what ends now has ended
 */
export function checkExpiry(document: JsonObject, notCovered: readonly string[], nowMs: number): ExpiryCheck {
	const end = pick(document, endNames, notCovered, Math.min);
	const start = pick(document, startNames, notCovered, Math.max);
	const dates = { expiresAt: isoOf(end?.ms), issuedAt: isoOf(start?.ms) };
	return { finding: judge(end, start, nowMs), ...dates };
}

interface Dated {
	/** NaN for what is no date. */
	ms: number;
	isCovered: boolean;
}

function judge(end: Dated | undefined, start: Dated | undefined, nowMs: number): Finding {
	const uncovered = end && !end.isCovered ? ' The proof does not cover that date, so anybody can change it.' : '';
	if (end && Number.isNaN(end.ms)) return { verdict: 'notProven', reason: 'When it ends cannot be read.' };
	if (end && end.ms <= nowMs) return { verdict: 'fails', reason: `It ended at ${isoOf(end.ms)}.${uncovered}`, means: 'expired' };
	if (start && start.ms > nowMs) return { verdict: 'notProven', reason: `It does not count before ${isoOf(start.ms)}.` };
	if (!end) return { verdict: 'holds', reason: 'It has no end.' };
	return { verdict: end.isCovered ? 'holds' : 'partly', reason: `It counts until ${isoOf(end.ms)}.${uncovered}` };
}

function pick(
	document: JsonObject,
	names: readonly string[],
	notCovered: readonly string[],
	strictest: (...ms: number[]) => number,
): Dated | undefined {
	const given = names.filter((name) => document[name] !== undefined && document[name] !== null);
	const covered = given.filter((name) => !notCovered.includes(name));
	const counting = covered.length > 0 ? covered : given;
	if (counting.length === 0) return undefined;
	return { ms: strictest(...counting.map((name) => msOf(document[name]))), isCovered: covered.length > 0 };
}

const msOf = (value: unknown): number => (typeof value === 'string' && value.length < 60 ? Date.parse(value) : NaN);

const isoOf = (ms: number | undefined): string | null => (ms === undefined || Number.isNaN(ms) ? null : new Date(ms).toISOString());
