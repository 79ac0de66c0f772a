import { ExplainedFailure } from '../../../lib/http/explained';
import { parseDate } from '../../../lib/values/dates';

/**
 * A date as LearnCoin takes it: ISO 8601 UTC.
 *
 * @param field as a sentence starts with it: “The issuance date”
 * @throws ExplainedFailure for what isn't a date, or could be another one
 */
export function toIsoDate(value: unknown, field: string): string {
	const parsed = parseDate(value);
	if (parsed.ok) return parsed.iso;
	throw new ExplainedFailure(`${field} ${parsed.why}`, { hint: parsed.hint });
}
