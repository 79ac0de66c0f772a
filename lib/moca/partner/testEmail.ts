import { ExplainedFailure, MissingValue, retold } from '../../http/explained';
import { checkRecipientEmail, type RecipientEmail } from '../issuing/checks';

/**
 * The address that stands in where nothing is issued to anybody, yet a token has to name a recipient.
 *
 * @throws ExplainedFailure that names the setting, unless it is an email address
 */
export function checkTestEmail(value: string): RecipientEmail {
	if (value.trim() === '') {
		throw new MissingValue(
			'The test has no email address',
			'Fill in Test Email in the Moca credential: a test signs as if for a recipient, and issues nothing.',
		);
	}
	return retold(
		() => checkRecipientEmail(value),
		({ message, details }) => new ExplainedFailure(message, { ...details, hint: `Correct Test Email. ${details.hint}` }),
	);
}
