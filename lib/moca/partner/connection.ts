import { quoted, type Cause } from '../../http/explain';
import { asSentence, ExplainedFailure } from '../../http/explained';
import { readServiceMessage } from '../../http/readAnswer';
import { ConnectionFailure, type Answer, type ClockFinding, type HttpRequest, type Transport } from '../../http/types';
import { checkIssuerDid } from '../issuing/checks';
import { apiBaseUrlOf } from './environments';
import { besidesTheClock, clockDiffers, refusedFor, setTheClock, type RefusedFor } from './refusedSignature';
import type { PartnerSettings } from './settings';
import { checkTestEmail } from './testEmail';

/** No credential has it, and it has the shape of the documented sample. */
const unknownHash = '0'.repeat(64);

/**
 * Tells whether this partner can issue, without issuing: a status call shows whether the signature is accepted, the same without a signature
 * whether this is Moca's API, then an issue call without a program, which can't succeed, whether the partner may issue at all. The order in
 * which Moca checks (401 before 403 before 400) is from a field report (docs/api/moca.md 12).
 *
 * @param transport signs each request for the recipient named in `signFor`, and leaves one without `signFor` unsigned; by the service's time
 * @param addressHint where the API's address is set, in whole sentences
 * @returns what to tell of a connection that works
 * @throws ExplainedFailure for one that doesn't, and for what is wrong with the settings themselves, before anything is sent
 */
export async function checkConnection(settings: PartnerSettings, transport: Transport, addressHint: string): Promise<string> {
	const baseUrl = apiBaseUrlOf(settings, addressHint);
	const recipientEmail = checkTestEmail(settings.testEmail);
	const issuerDid = settings.issuerDid.trim() === '' ? '' : checkIssuerDid(settings.issuerDid);
	const signFor = { recipientEmail };
	const once = (request: HttpRequest) => answerOf(transport(request), baseUrl);
	const sendOnce = async (request: HttpRequest) => {
		const answer = await once(request);
		return answer.signAgain ? await once(request) : answer;
	};
	const look = { method: 'GET', url: `${baseUrl}/credentials/status`, query: { coreClaimHash: unknownHash }, repeat: 'anything' } as const;

	const status = await sendOnce({ ...look, signFor });
	if (isRefused(status)) return judge(status, settings, baseUrl);
	// Any web server answers 404 for what it doesn't have; Moca's API asks for a signature first.
	const unsigned = await sendOnce(look);
	if (unsigned.status === 404) throw wrong(`There is no Moca API at ${baseUrl}`, 'Check the environment and the API Base URL.');
	const issue = await sendOnce({
		method: 'POST',
		url: `${baseUrl}/credentials/issue-on-behalf`,
		body: { issuerDid, credentialId: '', credentialSubject: {}, onDuplicate: 'ignore' },
		repeat: 'unprocessed',
		signFor,
	});
	return judge(issue, settings, baseUrl);
}

const answerOf = (attempt: Promise<Omit<Answer, 'attempts'>>, baseUrl: string): Promise<Answer> =>
	attempt.then(
		(response) => ({ ...response, attempts: 1 }),
		(error: unknown) => {
			if (!(error instanceof ConnectionFailure)) throw error;
			throw wrong(`Moca could not be reached at ${baseUrl} (${error.code})`, 'Check the environment and this machine’s network.');
		},
	);

const isRefused = ({ status }: Answer) => status === 401 || status === 403 || status === 429 || status >= 500;

function judge(answer: Answer, settings: PartnerSettings, baseUrl: string): string {
	const said = readServiceMessage(answer).message;
	const quote = said ? ` ${quoted('Moca', said)}` : '';
	const { status } = answer;
	// The issue call lacks a program on purpose: being told so, or that it isn't found, is the good answer.
	if (status === 400 || status === 404 || status === 422) {
		const differs = clockDiffers(answer.clock);
		return `Connection successful: the key is accepted, and this partner may issue${differs ? `. But ${differs}: ${setTheClock}` : ''}`;
	}
	if (status === 401) {
		const { problem, hint } = explainSignature(said ?? '', answer.clock, settings);
		throw wrong(problem, `${hint}${quote}`);
	}
	if (status === 403) {
		throw wrong(
			'The key is accepted, but this partner may not issue',
			`Switch on Issue on Behalf in the Moca dashboard (Issuer, Advanced, or Account, General), or ask Moca if there is no such switch.${quote}`,
		);
	}
	if (status === 429 || status >= 500) throw wrong(`Moca could not answer now (HTTP ${status})`, `Test again in a few minutes.${quote}`);
	throw wrong(
		`Something at ${baseUrl} answered with HTTP ${status}, which Moca’s API would not`,
		`Check the environment and the API Base URL.${quote}`,
	);
}

const wrong = (message: string, hint: string) => new ExplainedFailure(message, { hint: asSentence(hint) });

/** What Moca's message or the clock names is put first; where neither tells, all is listed. */
function explainSignature(said: string, clock: ClockFinding | undefined, { keyId, partnerId }: PartnerSettings): Cause {
	const kid = keyId.trim() || partnerId.trim();
	const causes: Record<RefusedFor, Cause> = {
		clock: { problem: `Wrong time: ${clockDiffers(clock) ?? ''}, so Moca does not accept its tokens`, hint: setTheClock },
		time: {
			problem: 'Moca finds the time in the token wrong',
			hint: clock ? 'It is that of Moca’s own answers: ask Moca’s support.' : `Most likely this machine’s clock is. ${setTheClock}`,
		},
		keyId: {
			problem: `Unknown key ID: the JWKS registered with Moca has no key “${kid}”`,
			hint: 'Enter the kid of your published key as Key ID, or publish the key under this one.',
		},
		key: {
			problem: `Wrong key: the private key is not the counterpart of the key published as “${kid}” in your JWKS`,
			hint: 'Paste the one that belongs to it, or publish its public half.',
		},
		partner: {
			problem: `Moca does not know the partner ID “${partnerId.trim()}” in this environment`,
			hint: 'Check the partner ID and the environment.',
		},
		scope: { problem: 'Moca does not take this scope', hint: 'Try “issue on-behalf”, or “issue”.' },
		unknown: {
			problem: 'Moca did not accept the signature',
			hint:
				`Check, in this order: the JWKS address is registered in the Moca dashboard and opens over https; it has a key with the kid “${kid}”; ` +
				`that key is the public half of the private key here; the partner ID${clock ? '' : '; the clock of this machine'}.`,
		},
	};
	const reason = refusedFor(said, clock);
	const { problem, hint } = causes[reason];
	return { problem, hint: reason === 'clock' || reason === 'time' ? hint : `${hint} ${besidesTheClock(clock)}`.trim() };
}
