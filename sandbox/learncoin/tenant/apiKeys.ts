import type { IncomingHttpHeaders } from 'node:http';
import { LearnCoinRefusal } from '../http/errors';
import { newApiKey } from '../ids';
import type { LearnCoinSettings } from '../settings';
import type { Environment } from '../types';

/** The tenant's two keys, new at every start. */
export interface ApiKeys {
	test: string;
	live: string;
}

export function newApiKeys(): ApiKeys {
	return { test: newApiKey('test'), live: newApiKey('live') };
}

/**
 * Checks the bearer key; its prefix chooses the environment (docs/api/learncoin.md 1).
 * @throws LearnCoinRefusal 401 with the documented code
 */
export function authenticateKey(headers: IncomingHttpHeaders, keys: ApiKeys, { keyState }: LearnCoinSettings): Environment {
	const { authorization } = headers;
	if (authorization === undefined || authorization === '') throw unauthorized('api_key_missing', 'The Authorization header is missing.');
	const [, key] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
	const environment = key === keys.test ? 'test' : key === keys.live ? 'live' : undefined;
	if (!environment) throw unauthorized('api_key_invalid', 'The API key is malformed or unknown.');
	if (keyState === 'revoked') throw unauthorized('api_key_revoked', 'This API key was revoked.');
	if (keyState === 'ip_not_allowed') throw unauthorized('ip_not_allowed', "The source address is not on this key's allow-list.");
	return environment;
}

function unauthorized(code: string, message: string): LearnCoinRefusal {
	return new LearnCoinRefusal(401, code, message);
}
