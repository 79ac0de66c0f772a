import { readServiceMessage } from '../http/readAnswer';
import { ConnectionFailure, type Answer, type Transport } from '../http/types';
import { checkIssuerDid, checkRecipientEmail } from './checks';
import { apiBaseUrlOf } from './environments';
import type { PartnerSettings } from './partner';

export interface TestResult {
	ok: boolean;
	message: string;
}

/** No credential has it, and it has the shape of the documented sample. */
const unknownHash = '0'.repeat(64);

/**
 * Tells whether this partner can issue, without issuing: a status call shows whether the signature is accepted, the same without a signature
 * whether this is Moca's API, then an issue call without a program, which can't succeed, whether the partner may issue at all. The order in which Moca checks (401 before 403 before 400) is
 * from a field report (fact sheet 12).
 *
 * @param transport signs each request for the recipient named in `signFor`, and leaves one without `signFor` unsigned
 * @throws ExplainedFailure for what is wrong with the settings themselves, before anything is sent
 */
export async function testConnection(settings: PartnerSettings, transport: Transport): Promise<TestResult> {
	const baseUrl = apiBaseUrlOf(settings);
	const recipientEmail = checkRecipientEmail(settings.testEmail);
	const issuerDid = settings.issuerDid.trim() === '' ? '' : checkIssuerDid(settings.issuerDid);
	const signFor = { recipientEmail };
	const sendOnce = (request: Parameters<Transport>[0]) => answerOf(transport(request));

	const status = await sendOnce({
		method: 'GET',
		url: `${baseUrl}/credentials/status`,
		query: { coreClaimHash: unknownHash },
		repeat: 'anything',
		signFor,
	});
	if (typeof status === 'string' || isRefused(status)) return judge(status, settings);
	// Any web server answers 404 for what it doesn't have; Moca's API asks for a signature first.
	const unsigned = await sendOnce({
		method: 'GET',
		url: `${baseUrl}/credentials/status`,
		query: { coreClaimHash: unknownHash },
		repeat: 'anything',
	});
	if (typeof unsigned !== 'string' && unsigned.status === 404)
		return no(`There is no Moca API at ${baseUrl}. Check the environment and the API Base URL.`);
	const issue = await sendOnce({
		method: 'POST',
		url: `${baseUrl}/credentials/issue-on-behalf`,
		body: { issuerDid, credentialId: '', credentialSubject: {}, onDuplicate: 'ignore' },
		repeat: 'unprocessed',
		signFor,
	});
	return judge(issue, settings);
}

const answerOf = (attempt: Promise<Omit<Answer, 'attempts'>>): Promise<Answer | string> =>
	attempt.then(
		(response) => ({ ...response, attempts: 1 }),
		(error: unknown) => (error instanceof ConnectionFailure ? error.code : Promise.reject(error as Error)),
	);

const isRefused = ({ status }: Answer) => status === 401 || status === 403 || status === 429 || status >= 500;

function judge(answer: Answer | string, settings: PartnerSettings): TestResult {
	if (typeof answer === 'string')
		return no(`Moca could not be reached at ${apiBaseUrlOf(settings)} (${answer}). Check the environment and this machine’s network.`);
	const said = readServiceMessage(answer).message;
	const quote = said ? ` Moca says: ${said}` : '';
	const { status } = answer;
	if (status === 401) return no(`${explainSignature(said ?? '', settings)}${quote}`);
	if (status === 403) {
		return no(
			`The key is accepted, but this partner may not issue: switch on Issue on Behalf in the Moca dashboard (Issuer, Advanced, or Account, General), or ask Moca if there is no such switch.${quote}`,
		);
	}
	if (status === 429 || status >= 500) return no(`Moca could not answer now (HTTP ${status}). Test again in a few minutes.${quote}`);
	// The issue call lacks a program on purpose: being told so, or that it isn't found, is the good answer.
	if (status === 400 || status === 404 || status === 422)
		return { ok: true, message: 'Connection successful: the key is accepted, and this partner may issue' };
	return no(
		`Something at ${apiBaseUrlOf(settings)} answered with HTTP ${status}, which Moca’s API would not. Check the environment and the API Base URL.${quote}`,
	);
}

const no = (message: string): TestResult => ({ ok: false, message });

/** A 401 has several causes, and the wording isn't documented: what Moca's message names is put first, otherwise all are listed. */
function explainSignature(said: string, { keyId, partnerId }: PartnerSettings): string {
	const kid = keyId.trim() || partnerId.trim();
	if (/\bkid\b|key id|no (applicable|matching) key|unknown key/i.test(said)) {
		return `Unknown key ID: the JWKS registered with Moca has no key “${kid}”. Enter the kid of your published key as Key ID, or publish the key under this one.`;
	}
	if (/signature/i.test(said)) {
		return `Wrong key: the private key is not the counterpart of the key published as “${kid}” in your JWKS. Paste the one that belongs to it, or publish its public half.`;
	}
	if (/partner/i.test(said) && !/x-partner-auth/i.test(said))
		return `Moca does not know the partner ID “${partnerId.trim()}” in this environment.`;
	if (/scope/i.test(said)) return 'Moca does not take this scope. Try “issue on-behalf”, or “issue”.';
	return (
		`Moca did not accept the signature. Check, in this order: the JWKS address is registered in the Moca dashboard and opens over https; it has a key with the kid “${kid}”; ` +
		'that key is the public half of the private key here; the partner ID; the clock of this machine.'
	);
}
