import { findUnsendable } from '../values/sendable';
import { ExplainedFailure } from './explained';

/**
 * Lets through what can be sent.
 *
 * @param name what a message calls the value
 * @param path where in the request it stands; '' for the whole request
 * @throws ExplainedFailure that names the part which can't be sent, by the API's name for it
 */
export function checkSendable<T>(value: T, name: string, path = ''): T {
	const found = findUnsendable(value, path);
	if (!found) return value;
	throw new ExplainedFailure(`${found.path === '' ? name : `“${found.path}”`} ${found.why}`, { hint: found.hint });
}
