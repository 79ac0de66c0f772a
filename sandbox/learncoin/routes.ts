import type { FastifyInstance } from 'fastify';
import { registerApi, type ApiCall, type ApiContext, type ApiRoute } from '../http/apiRoute';
import type { ApiAnswer } from '../http/wireAnswer';
import { createBatch, getBatch, listBatches } from './batches/endpoints';
import { registerDownloads } from './credentials/downloads';
import { eraseCredential, getCredential, revokeCredential } from './credentials/endpoints';
import { registerVerifyPage } from './credentials/verifyPage';
import { learnCoinErrorBody, LearnCoinRefusal } from './http/errors';
import { newRequestId } from './ids';
import { registerDidRoutes } from './proofs/didRoutes';
import type { LearnCoinState } from './state';
import { authenticateKey } from './tenant/apiKeys';
import { getTenant, updateTenant } from './tenant/endpoints';
import type { Environment } from './types';
import { createWebhook, deleteWebhook, listWebhooks, testWebhook } from './webhooks/endpoints';

/** Both services end in `/v1` (docs/api/learncoin.md 1), so LearnCoin's has a prefix here. */
export const learnCoinBasePath = '/learncoin/v1';

/** A full batch of 500 achievements of 64 KB each, and some air; LearnCoin's own limit is unknown (docs/api/learncoin.md 3.1). */
const bodyLimitBytes = 40 * 1024 * 1024;

type Work = (call: ApiCall, environment: Environment, state: LearnCoinState) => ApiAnswer | Promise<ApiAnswer>;

/** The twelve calls of docs/api/learncoin.md 3. */
const calls: Array<[name: string, method: ApiRoute['method'], path: string, work: Work]> = [
	['createBatch', 'POST', '/batches', createBatch],
	['listBatches', 'GET', '/batches', listBatches],
	['getBatch', 'GET', '/batches/:id', getBatch],
	['getCredential', 'GET', '/credentials/:id', getCredential],
	['revokeCredential', 'POST', '/credentials/:id/revoke', revokeCredential],
	['eraseCredential', 'POST', '/credentials/:id/erase', eraseCredential],
	['getCurrentTenant', 'GET', '/tenants/me', (_call, environment, state) => getTenant(environment, state)],
	['updateCurrentTenant', 'PATCH', '/tenants/me', updateTenant],
	['createWebhook', 'POST', '/webhooks', createWebhook],
	['listWebhooks', 'GET', '/webhooks', listWebhooks],
	['deleteWebhook', 'DELETE', '/webhooks/:id', deleteWebhook],
	['testWebhook', 'POST', '/webhooks/:id/test', testWebhook],
];

/** Mounts LearnCoin's API and the public pages of its credentials. */
export function registerLearnCoinRoutes(app: FastifyInstance, state: LearnCoinState, context: ApiContext): void {
	void app.register(async (scope) => {
		scope.addHook('onRoute', (route) => {
			route.bodyLimit = bodyLimitBytes;
		});
		scope.addHook('onSend', async (_request, reply, payload) => {
			// A fault's HTML page comes from a gateway that knows of no request id.
			if (!String(reply.getHeader('content-type')).startsWith('application/json')) return;
			const [, inBody] = /"request_id":"(req_\w+)"/.exec(typeof payload === 'string' ? payload : '') ?? [];
			reply.header('x-request-id', inBody ?? newRequestId());
		});
		registerApi(
			scope,
			calls.map(([name, method, path, work]) => route(name, method, path, work, state)),
			context,
		);
	});
	registerDidRoutes(app, state, context);
	registerDownloads(app, state);
	registerVerifyPage(app, state);
}

function route(operation: string, method: ApiRoute['method'], path: string, work: Work, state: LearnCoinState): ApiRoute {
	const name = `learncoin.${operation}`;
	const run = async (call: ApiCall): Promise<ApiAnswer> => {
		const environment = authenticateKey(call.headers, state.keys, state.settings);
		const answer = async () => await work(call, environment, state);
		return method === 'POST' ? await state.idempotency.once({ call, environment, route: name }, state.settings, answer) : await answer();
	};
	return {
		name,
		method,
		url: `${learnCoinBasePath}${path}`,
		recipientOf: (call) => recipientOf(call, state),
		errorBody: (status) => learnCoinErrorBody(status),
		work: async (call) => {
			try {
				return await run(call);
			} catch (error) {
				if (!(error instanceof LearnCoinRefusal)) throw error;
				return { status: error.status, body: learnCoinErrorBody(error.status, error) };
			}
		},
	};
}

/** Whom a call is about, when it is about one: by email if there is one, else by the recipient's id. */
function recipientOf({ params, body }: ApiCall, { store }: LearnCoinState): string | undefined {
	const known = params.id === undefined ? undefined : store.findPublicCredential(params.id)?.recipient;
	if (known) return known.email ?? known.id;
	const { credentials } = (typeof body === 'object' && body !== null ? body : {}) as { credentials?: unknown };
	if (!Array.isArray(credentials) || credentials.length !== 1) return undefined;
	const { recipient } = (credentials[0] ?? {}) as { recipient?: { id?: unknown; email?: unknown } };
	const name = recipient?.email ?? recipient?.id;
	return typeof name === 'string' ? name : undefined;
}
