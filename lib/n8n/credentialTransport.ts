import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { ExplainedFailure, inWords } from '../http/explained';
import { ConnectionFailure, type HttpRequest, type Transport } from '../http/types';
import { userAgent } from './transport';

const timeoutMs = 15_000;

/**
 * A transport for the connection test of an n8n credential: outside an execution n8n offers no other request helper than its older one, and
 * does not call `authenticate`.
 *
 * @param headersFor what authenticates a request
 */
export const credentialTransport =
	(helpers: ICredentialTestFunctions['helpers'], headersFor: (request: HttpRequest) => Promise<Record<string, string>>): Transport =>
	async (request) => {
		const { method, url, query, body } = request;
		const headers = {
			Accept: 'application/json',
			'User-Agent': userAgent,
			...(await headersFor(request)),
			...(body && { 'Content-Type': 'application/json' }),
		};
		const answer: unknown = await helpers
			.request({
				method,
				uri: url,
				headers,
				...(query && { qs: query }),
				...(body && { body: JSON.stringify(body) }),
				simple: false,
				resolveWithFullResponse: true,
				followRedirect: false,
				timeout: timeoutMs,
			})
			.catch((error: unknown) => Promise.reject(toConnectionFailure(error)));
		const { statusCode, headers: answered, body: text } = answer as { statusCode: number; headers: Record<string, string>; body: unknown };
		return { status: statusCode, headers: answered, text: typeof text === 'string' ? text : (JSON.stringify(text) ?? '') };
	};

/** What n8n's older request helper fails with, as every transport tells it. */
export function toConnectionFailure(error: unknown): ConnectionFailure {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return new ConnectionFailure(typeof code === 'string' ? code : 'NO_ANSWER');
}

/** What n8n shows of a connection test: what it resolves with, or why it failed. */
export const toTestResult = async (test: () => Promise<string>): Promise<INodeCredentialTestResult> =>
	await test().then(
		(message) => ({ status: 'OK' as const, message }),
		(error: unknown) => ({
			status: 'Error' as const,
			message: error instanceof ExplainedFailure ? inWords(error) : 'Something unexpected happened inside the connection test.',
		}),
	);
