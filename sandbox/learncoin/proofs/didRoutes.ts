import type { FastifyInstance } from 'fastify';
import { registerApi, type ApiContext, type ApiRoute } from '../../http/apiRoute';
import type { LearnCoinState } from '../state';
import { didDocument, didPaths, issuerIds } from './did';

/**
 * Mounts the DID documents. `did:web` is https alone; a verifier has to allow http on loopback to read these, as nothing here has a
 * certificate that anybody would believe.
 */
export function registerDidRoutes(app: FastifyInstance, state: LearnCoinState, context: ApiContext): void {
	const { bare, path } = didPaths(state.tenant);
	registerApi(app, [route(bare, state, ['fragment', 'bare']), route(path, state, ['path'])], context);
}

/** A DID document is there for the form that documents have now, and for no other. */
function route(url: string, state: LearnCoinState, forms: string[]): ApiRoute {
	return {
		name: 'learncoin.did',
		method: 'GET',
		url,
		recipientOf: () => undefined,
		errorBody: (status) => ({ error: status }),
		work: async () => {
			const { settings, accounts } = state;
			if (!forms.includes(settings.issuerDid)) return await Promise.resolve({ status: 404, body: { error: 404 } });
			return {
				status: 200,
				body: didDocument(issuerIds(state), accounts.tenant, settings),
				headers: { 'content-type': 'application/did+json' },
			};
		},
	};
}
