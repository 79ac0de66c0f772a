import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import type { HttpRequest } from '../../../lib/http/types';
import type { RecipientEmail } from '../../../lib/moca/checks';
import { testConnection } from '../../../lib/moca/connectionTest';
import { readPartnerSettings } from '../../../lib/moca/partner';
import { partnerAuthHeader, signPartnerJwt } from '../../../lib/moca/partnerJwt';
import { testTransport } from '../../../lib/n8n/testTransport';

/**
 * The connection test of the n8n credential. A function rather than a declared request, because a declared one can't tell the causes of a 401
 * apart, and takes any status but 2xx for a failure, where the good answer here is a 400.
 */
export async function mocaPartnerApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const settings = readPartnerSettings(credential.data ?? {});
	const signed = async ({ signFor }: HttpRequest): Promise<Record<string, string>> =>
		signFor ? { [partnerAuthHeader]: await signPartnerJwt(settings, signFor.recipientEmail as RecipientEmail, Date.now()) } : {};
	const { ok, message } = await testConnection(settings, testTransport(this.helpers, signed)).catch(toResult);
	return { status: ok ? 'OK' : 'Error', message };
}

const toResult = (error: unknown) => ({
	ok: false,
	message:
		error instanceof ExplainedFailure
			? `${error.message}. ${error.details.hint}`
			: 'Something unexpected happened inside the connection test.',
});
