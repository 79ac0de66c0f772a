import { ExplainedFailure } from '../http/explained';
import type { Send } from '../http/types';
import { environmentOf, type ApiKey } from './checks';
import { createLearnCoinClient } from './client';

export interface TestResult {
	ok: boolean;
	message: string;
}

/**
 * Tells whose key it is, and for which environment, by asking for its tenant (fact sheet 1).
 *
 * @param send adds the API key. What it rejects with, other than for want of an answer, is passed on.
 */
export async function testConnection(send: Send, apiBaseUrl: string, apiKey: ApiKey): Promise<TestResult> {
	try {
		const { id, name, environment } = await createLearnCoinClient(send, apiBaseUrl).getTenant();
		const who = typeof name === 'string' && name !== '' ? `${name} (${id})` : id;
		const where = environment === 'test' || environment === 'live' ? environment : environmentOf(apiKey);
		const meaning = where === 'live' ? 'credentials count, and are anchored on the main network' : 'credentials are for trying out only';
		return { ok: true, message: `Connection successful: tenant ${who}, ${where} key; ${meaning}` };
	} catch (error) {
		if (error instanceof ExplainedFailure) return { ok: false, message: `${error.message} ${error.details.hint}` };
		return await Promise.reject(error as Error);
	}
}
