import type { FastifyInstance } from 'fastify';
import { registerApi, type ApiCall, type ApiContext, type ApiRoute } from '../http/apiRoute';
import type { ApiAnswer } from '../http/wireAnswer';
import { callMethod, RpcError } from './calls';
import type { Chain, Network } from './chain';
import type { ChainSettings } from './settings';
import type { ChainState } from './state';

/** Where a network's endpoint answers, on the sandbox's own server. */
export const rpcPath = (network: Network) => `/chain/${network}`;

/** Mounts an endpoint for each network: JSON-RPC 2.0 by POST, single calls and batches. */
export function registerChainRoutes(app: FastifyInstance, { chains, settings }: ChainState, context: ApiContext): void {
	registerApi(
		app,
		Object.values(chains).map((chain) => route(chain, settings)),
		context,
	);
}

function route(chain: Chain, settings: ChainSettings): ApiRoute {
	return {
		name: 'chain.call',
		method: 'POST',
		url: rpcPath(chain.network),
		recipientOf: () => undefined,
		errorBody: (status) => failure(null, new RpcError(-32603, `the sandbox answers ${status}`)),
		work: async (call) => await Promise.resolve(answer(call, chain, settings)),
	};
}

/** Errors of JSON-RPC come with status 200, as nodes send them. */
function answer({ body, rawBody }: ApiCall, chain: Chain, settings: ChainSettings): ApiAnswer {
	if (body === undefined || body === rawBody) return { status: 200, body: failure(null, new RpcError(-32700, 'parse error')) };
	if (!Array.isArray(body)) return { status: 200, body: answerOne(body, chain, settings) };
	if (body.length === 0) return { status: 200, body: failure(null, new RpcError(-32600, 'empty batch')) };
	const answers = body.map((one) => answerOne(one, chain, settings)).filter((one) => one !== undefined);
	return { status: 200, body: answers.length > 0 ? answers : undefined };
}

/** Undefined for a call without an id: JSON-RPC answers none of these. */
function answerOne(asked: unknown, chain: Chain, settings: ChainSettings): object | undefined {
	const { jsonrpc, id, method, params = [] } = (typeof asked === 'object' && asked !== null ? asked : {}) as Record<string, unknown>;
	const isCall = jsonrpc === '2.0' && typeof method === 'string' && Array.isArray(params);
	if (!isCall) return failure(id ?? null, new RpcError(-32600, 'invalid request'));
	if (id === undefined) return undefined;
	try {
		return { jsonrpc: '2.0', id, result: callMethod(method, params, chain, settings) };
	} catch (error) {
		if (!(error instanceof RpcError)) throw error;
		return failure(id, error);
	}
}

function failure(id: unknown, { code, message }: RpcError): object {
	return { jsonrpc: '2.0', id, error: { code, message } };
}
