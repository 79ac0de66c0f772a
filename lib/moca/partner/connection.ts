import { ConnectionFailure, type Answer, type HttpRequest, type Transport } from '../../http/types';
import { checkIssuerDid } from '../issuing/checks';
import { explainRefused, inWordsOfSuccess, isBusy, isGood, isRefusal, mayBeForTheScope, worksWith, wrong } from './connectionVerdict';
import { apiBaseUrlOf } from './environments';
import { otherScopes } from './scopes';
import { checkServedKey } from './servedKey';
import type { FetchKeySet } from './servedKeySet';
import type { PartnerSettings } from './settings';
import { checkTestEmail } from './testEmail';

/** No credential has it, and it has the shape of the documented sample. */
const unknownHash = '0'.repeat(64);

/**
 * Tells whether this partner can issue, without issuing: a status call shows whether the signature is accepted, the same without a signature
 * whether this is Moca's API, then an issue call without a program, which can't succeed, whether the partner may issue at all. The order in
 * which Moca checks (401 before 403 before 400) is from a field report (docs/api/moca.md 12).
 *
 * Where the JWKS address is given, the published key is looked at first: what is wrong with it is known more surely than by Moca's words. Where
 * Moca refuses and the scope may be why, the other documented one is tried, so that the failure can name the one that works.
 *
 * @param transport signs each request for the recipient named in `signFor`, with the scope named there if there is one, and leaves one without
 * `signFor` unsigned; by the service's time
 * @param addressHint where the API's address is set, in whole sentences
 * @returns what to tell of a connection that works
 * @throws ExplainedFailure for one that doesn't, and for what is wrong with the settings themselves, before anything is sent
 */
export async function checkConnection(
	settings: PartnerSettings,
	transport: Transport,
	addressHint: string,
	fetchKeySet: FetchKeySet,
): Promise<string> {
	const baseUrl = apiBaseUrlOf(settings, addressHint);
	const recipientEmail = checkTestEmail(settings.testEmail);
	const issuerDid = settings.issuerDid.trim() === '' ? '' : checkIssuerDid(settings.issuerDid);
	const servedAt = settings.jwksUrl.trim() === '' ? undefined : await checkServedKey(settings, fetchKeySet);

	const api = apiAt(baseUrl, transport, issuerDid);
	const answer = await api.tryToIssue({ recipientEmail });
	if (isGood(answer)) return inWordsOfSuccess(answer);
	const others = mayBeForTheScope(answer) ? otherScopes(settings.scope) : [];
	const refusedScopes: string[] = [];
	for (const scope of others) {
		const other = await api.tryToIssue({ recipientEmail, scope });
		if (isGood(other)) throw worksWith(scope, settings.scope);
		if (isRefusal(other)) refusedScopes.push(scope);
	}
	throw explainRefused(answer, { settings, baseUrl, servedAt, refusedScopes });
}

/** The calls of the test; none of them can issue. */
function apiAt(baseUrl: string, transport: Transport, issuerDid: string) {
	const once = (request: HttpRequest) => answerOf(transport(request), baseUrl);
	const sendOnce = async (request: HttpRequest) => {
		const answer = await once(request);
		return answer.signAgain ? await once(request) : answer;
	};
	const look = { method: 'GET', url: `${baseUrl}/credentials/status`, query: { coreClaimHash: unknownHash }, repeat: 'anything' } as const;
	return {
		/** @returns the first refusal, or what was answered to an issue call that can't succeed */
		async tryToIssue(signFor: NonNullable<HttpRequest['signFor']>): Promise<Answer> {
			const status = await sendOnce({ ...look, signFor });
			if (isRefusal(status) || isBusy(status)) return status;
			// Any web server answers 404 for what it doesn't have; Moca's API asks for a signature first.
			const unsigned = await sendOnce(look);
			if (unsigned.status === 404) throw wrong(`There is no Moca API at ${baseUrl}`, 'Check the environment and the API Base URL.');
			return await sendOnce({
				method: 'POST',
				url: `${baseUrl}/credentials/issue-on-behalf`,
				body: { issuerDid, credentialId: '', credentialSubject: {}, onDuplicate: 'ignore' },
				repeat: 'unprocessed',
				signFor,
			});
		},
	};
}

const answerOf = (attempt: Promise<Omit<Answer, 'attempts'>>, baseUrl: string): Promise<Answer> =>
	attempt.then(
		(response) => ({ ...response, attempts: 1 }),
		(error: unknown) => {
			if (!(error instanceof ConnectionFailure)) throw error;
			throw wrong(
				`Moca could not be reached at ${baseUrl} (${error.code})`,
				'Check the environment, the API Base URL and this machine’s network.',
			);
		},
	);
