import { ExplainedFailure, MissingValue, retold } from '../../lib/http/explained';

/** What to do about a field that is empty for an item. @param title what the form calls it */
export const fillColumn = (title: string): string => `Fill the column that ${title} points to, or correct the expression.`;

/**
 * Reads through a check, and says of a missing value where in the form it belongs.
 *
 * @param where in whole sentences; or by the API's name for each value, where the check looks at several
 * @throws what `read` throws
 */
export const pointingTo = <T>(where: string | Readonly<Record<string, string>>, read: () => T): T =>
	retold(read, (failure) => {
		if (!(failure instanceof MissingValue)) return failure;
		const { message, details, field } = failure;
		const sentence = typeof where === 'string' ? where : where[field ?? ''];
		return new ExplainedFailure(message, { ...details, hint: [details.hint, sentence].filter(Boolean).join(' ') });
	});
