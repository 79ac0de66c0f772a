import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import type { HttpRequest } from '../../../lib/http/types';
import type { RecipientEmail } from '../../../lib/moca/issuing/checks';
import { checkConnection } from '../../../lib/moca/partner/connection';
import { partnerAuthHeader, signPartnerJwt } from '../../../lib/moca/partner/partnerJwt';
import { createServiceTime, signingTimeMs } from '../../../lib/moca/partner/serviceTime';
import { readPartnerSettings } from '../../../lib/moca/partner/settings';
import { n8nClock } from '../../../lib/n8n/clock';
import { credentialTransport, toTestResult } from '../../../lib/n8n/credentialTransport';
import { checkCatalog, enteredCatalog } from './checkCatalog';
import { keySetFetcher } from './fetchKeySet';
import { ownApiAddress } from './hints';

/**
 * The connection test of the n8n credential. A function rather than a declared request, because a declared one can't tell the causes of a 401
 * apart, and takes any status but 2xx for a failure, where the good answer here is a 400.
 */
export async function mocaPartnerApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const settings = readPartnerSettings(credential.data ?? {});
	const signed = async ({ signFor }: HttpRequest): Promise<Record<string, string>> => {
		if (!signFor) return {};
		const { recipientEmail, scope = settings.scope } = signFor;
		const token = await signPartnerJwt({ ...settings, scope }, recipientEmail as RecipientEmail, signingTimeMs(signFor, n8nClock.now()));
		return { [partnerAuthHeader]: token };
	};
	const transport = createServiceTime(n8nClock).through(credentialTransport(this.helpers, signed));
	return await toTestResult(async () => {
		const catalogUrl = enteredCatalog(settings);
		const message = await checkConnection(settings, transport, ownApiAddress, keySetFetcher(this.helpers));
		if (catalogUrl) await checkCatalog(catalogUrl, transport);
		return message;
	});
}
