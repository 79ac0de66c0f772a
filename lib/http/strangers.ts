import { ConnectionFailure, type Transport } from './types';

/**
 * For services that nobody chose, such as those whose addresses stand in somebody's file: they don't say how long a run waits. What asks for patience,
 * by status 429 or `Retry-After`, counts as a failure like any other.
 */
export const forStrangers =
	(transport: Transport): Transport =>
	async (request) => {
		const response = await transport(request);
		if (response.status === 429) return await Promise.reject(new ConnectionFailure('TOO_MANY_REQUESTS'));
		return { ...response, headers: { ...response.headers, 'retry-after': undefined } };
	};
