import { environmentOf, type ApiKey } from './checks';
import type { LearnCoinClient } from './client';

/**
 * Tells whose key it is, and for which environment, by asking for its tenant (docs/api/learncoin.md 1).
 *
 * @returns what to tell of a connection that works
 * @throws CallFailure for one that doesn't
 */
export async function checkConnection(client: LearnCoinClient, apiKey: ApiKey): Promise<string> {
	const { id, name, environment } = await client.getTenant();
	const who = typeof name === 'string' && name !== '' ? `${name} (${id})` : id;
	const where = environment === 'test' || environment === 'live' ? environment : environmentOf(apiKey);
	const meaning = where === 'live' ? 'credentials count, and are anchored on the main network' : 'credentials are for trying out only';
	return `Connection successful: tenant ${who}, ${where} key; ${meaning}`;
}
