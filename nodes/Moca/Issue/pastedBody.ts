import { ExplainedFailure } from '../../../lib/http/explained';
import type { CredentialSubject } from '../../../lib/moca/issuing/checks';
import { isJsonObject } from '../../../lib/values/json';
import { shorten, textOf } from '../../../lib/values/texts';

/** The documented body of a request (docs/api/moca.md 3.2), by the names that stand in it, and what the form calls them. */
const inForm: Record<string, string> = { issuerDid: 'Issuer DID', credentialId: 'Issuance Program', onDuplicate: 'On Duplicate' };

/**
 * The subject alone, where somebody pasted the whole body for Moca's API that the documents show: the rest of it comes from the form.
 *
 * @param chosen what the form says, by the body's names
 * @throws ExplainedFailure when the body says otherwise than the form
 */
export function withoutPastedBody(subject: CredentialSubject, chosen: Readonly<Record<string, string>>): CredentialSubject {
	const { credentialSubject, ...rest } = subject;
	if (!isJsonObject(credentialSubject) || !Object.keys(rest).every((name) => name in inForm)) return subject;
	const other = Object.keys(rest).find((name) => name in chosen && textOf(rest[name]) !== chosen[name]);
	if (other === undefined) return credentialSubject as CredentialSubject;
	throw new ExplainedFailure(
		`The JSON is a whole request, and its ${other}, “${shorten(textOf(rest[other]))}”, is not the one of ${inForm[other]!} in this node`,
		{ hint: 'Give only what stands in credentialSubject; choose the rest in the form.' },
	);
}
