import type { IAllExecuteFunctions, ICredentialDataDecryptedObject, IHttpRequestOptions, RequestHelperFunctions } from 'n8n-workflow';

import { version } from '../../package.json';
import { ExplainedFailure, type Explanation } from '../http/explained';
import { ConnectionFailure, type HttpRequest, type HttpResponse, type Transport } from '../http/types';

/** With the version, so that a service's support can tell which one sent a request. */
export const userAgent = `n8n-nodes-moca-learncoin/${version}`;

/** Whichever of n8n's contexts a node works in. */
export type CanRequest = IAllExecuteFunctions & { helpers: Pick<RequestHelperFunctions, 'httpRequestWithAuthentication'> };

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * n8n's own request helper, with its proxy, TLS and egress settings, as a transport. The n8n credential signs each request; what it must know
 * of the request (`signFor`) travels with its data.
 */
export function n8nTransport(context: CanRequest, type: string, data: ICredentialDataDecryptedObject, timeoutMs: number): Transport {
	return async (request) => {
		const credentialsDecrypted = { id: '', name: '', type, data: { ...data, ...request.signFor } };
		try {
			return toResponse(
				(await context.helpers.httpRequestWithAuthentication.call(context, type, toOptions(request, timeoutMs), {
					credentialsDecrypted,
				})) as FullResponse,
			);
		} catch (error) {
			return await Promise.reject(toFailure(error));
		}
	};
}

/** The same helper for services that are open to everyone: nothing is signed. */
export function openTransport({ helpers }: { helpers: Pick<RequestHelperFunctions, 'httpRequest'> }, timeoutMs: number): Transport {
	return async (request) => {
		try {
			return toResponse((await helpers.httpRequest(toOptions(request, timeoutMs))) as FullResponse);
		} catch (error) {
			return await Promise.reject(toFailure(error));
		}
	};
}

// Without the two “status” settings, the helper signs and sends again on a 401 by itself, and hides the headers.
export const toOptions = ({ method, url, headers, query, body }: HttpRequest, timeoutMs: number): IHttpRequestOptions => ({
	method,
	url,
	headers: { Accept: 'application/json', 'User-Agent': userAgent, ...headers },
	...(query && { qs: { ...query } }),
	...(body && { body: { ...body } }),
	encoding: 'text',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	sendCredentialsOnCrossOriginRedirect: false,
	timeout: timeoutMs,
});

export function toResponse({ statusCode, headers, body }: FullResponse): HttpResponse {
	const texts = Object.entries(headers).map(
		([name, value]) => [name.toLowerCase(), value === undefined ? undefined : String(value)] as const,
	);
	return {
		status: statusCode,
		headers: Object.fromEntries(texts),
		text: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
	};
}

/** The helper wraps what it throws, and what it wraps holds the signed request: only the words that are known to be safe are kept. */
export function toFailure(error: unknown): Error {
	const chain = causesOf(error);
	const explained = chain.find(isExplained);
	if (explained) return new ExplainedFailure(explained.message, explained.details);
	return new ConnectionFailure(chain.map(systemCode).find((code) => code !== undefined) ?? 'NO_ANSWER');
}

function systemCode(error: Error & { code?: unknown; httpCode?: unknown }): string | undefined {
	const code = error.code ?? error.httpCode;
	return typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code) ? code : undefined;
}

function causesOf(error: unknown): Error[] {
	const chain: Error[] = [];
	for (let current = error; current instanceof Error && chain.length < 5; current = current.cause) chain.push(current);
	return chain;
}

/** Thrown by the n8n credential, which is bundled on its own, so that its class is another one than ours. */
const isExplained = (error: Error): error is Error & { details: Explanation } => error.name === 'ExplainedFailure' && 'details' in error;
