import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { createSender } from '../../../lib/http/send';
import { testConnection } from '../../../lib/learncoin/connectionTest';
import { readSurroundings } from './access';
import { n8nClock } from '../../../lib/n8n/clock';
import { testTransport } from '../../../lib/n8n/testTransport';

/** The connection test of the n8n credential. A function rather than a declared request, because only that can name the tenant. */
export async function learnCoinApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const { apiKey, apiBaseUrl } = readSurroundings(credential.data ?? {});
		const sender = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 1, clock: n8nClock });
		const send = sender.through(testTransport(this.helpers, async () => ({ Authorization: `Bearer ${apiKey}` })));
		const { ok, message } = await testConnection(send, apiBaseUrl, apiKey);
		return { status: ok ? 'OK' : 'Error', message };
	} catch (error) {
		const explained = error instanceof ExplainedFailure;
		return {
			status: 'Error',
			message: explained ? `${error.message}. ${error.details.hint}` : 'Something unexpected happened inside the connection test.',
		};
	}
}
