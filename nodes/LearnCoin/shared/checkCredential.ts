import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { createSender } from '../../../lib/http/send';
import { createLearnCoinClient } from '../../../lib/learncoin/api/client';
import { checkConnection } from '../../../lib/learncoin/api/connection';
import { n8nClock } from '../../../lib/n8n/clock';
import { credentialTransport, toTestResult } from '../../../lib/n8n/credentialTransport';
import { readAccount } from './access';
import { hintsInN8n } from './hints';

/** The connection test of the n8n credential. A function rather than a declared request, because only that can name the tenant. */
export async function learnCoinApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await toTestResult(async () => {
		const { apiKey, apiBaseUrl } = readAccount(credential.data ?? {});
		const sender = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 1, clock: n8nClock });
		const send = sender.through(credentialTransport(this.helpers, async () => ({ Authorization: `Bearer ${apiKey}` })));
		return await checkConnection(createLearnCoinClient(send, apiBaseUrl, hintsInN8n), apiKey);
	});
}
