import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { ExplainedFailure } from '../../lib/http/explained';
import { ConnectionFailure, type HttpRequest, type HttpResponse, type Transport } from '../../lib/http/types';
import type { RecipientEmail } from '../../lib/moca/checks';
import { testConnection } from '../../lib/moca/connectionTest';
import { readPartnerSettings, type PartnerSettings } from '../../lib/moca/partner';
import { partnerAuthHeader, signPartnerJwt } from '../../lib/moca/partnerJwt';
import { userAgent } from './n8nTransport';

type TestHelpers = ICredentialTestFunctions['helpers'];

const timeoutMs = 15_000;

/**
 * The connection test of the n8n credential. A function rather than a declared request, because a declared one can't tell the causes of a 401
 * apart, and takes any status but 2xx for a failure, where the good answer here is a 400.
 */
export async function mocaPartnerApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const settings = readPartnerSettings(credential.data ?? {});
	const { ok, message } = await testConnection(settings, testTransport(this.helpers, settings)).catch(toResult);
	return { status: ok ? 'OK' : 'Error', message };
}

const toResult = (error: unknown) => ({
	ok: false,
	message:
		error instanceof ExplainedFailure
			? `${error.message}. ${error.details.hint}`
			: 'Something unexpected happened inside the connection test.',
});

/** Outside an execution n8n offers no other request helper than its older one, and does not call `authenticate`. */
const testTransport =
	(helpers: TestHelpers, settings: PartnerSettings): Transport =>
	async ({ method, url, query, body, signFor }: HttpRequest): Promise<HttpResponse> => {
		const token = signFor && (await signPartnerJwt(settings, signFor.recipientEmail as RecipientEmail, Date.now()));
		const answer: unknown = await helpers
			.request({
				method,
				uri: url,
				headers: {
					Accept: 'application/json',
					'User-Agent': userAgent,
					...(token && { [partnerAuthHeader]: token }),
					...(body && { 'Content-Type': 'application/json' }),
				},
				...(query && { qs: query }),
				...(body && { body: JSON.stringify(body) }),
				simple: false,
				resolveWithFullResponse: true,
				followRedirect: false,
				timeout: timeoutMs,
			})
			.catch((error: unknown) => Promise.reject(toConnectionFailure(error)));
		const { statusCode, headers, body: text } = answer as { statusCode: number; headers: Record<string, string>; body: unknown };
		return { status: statusCode, headers, text: typeof text === 'string' ? text : JSON.stringify(text) };
	};

function toConnectionFailure(error: unknown): ConnectionFailure {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return new ConnectionFailure(typeof code === 'string' ? code : 'NO_ANSWER');
}
