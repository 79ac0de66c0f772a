import type { FastifyInstance } from 'fastify';
import { registerApi, type ApiCall, type ApiContext, type ApiRoute } from '../http/apiRoute';
import type { ApiAnswer } from '../http/wireAnswer';
import { catalogRoutes } from './catalog/routes';
import { timeHeaders } from './clock';
import { issueOnBehalf } from './credentials/issue';
import { credentialStatus } from './credentials/status';
import { genericMessage, mocaErrorBody, MocaRefusal } from './errors';
import { authenticatePartner, claimedRecipient, type AuthenticatedCall } from './partners/partnerAuth';
import { jwksPath } from './partners/registry';
import type { MocaState } from './state';

/** The path that the API base address ends in (docs/api/moca.md 1). */
export const mocaBasePath = '/v1';

/** Mounts Moca's partner API, its catalog and the key sets of the sandbox's own partners. */
export function registerMocaRoutes(app: FastifyInstance, moca: MocaState, context: ApiContext): void {
	registerApi(app, [issueRoute(moca), statusRoute(moca), ...catalogRoutes(moca)], context, () => timeHeaders(moca.settings));
	app.get<{ Params: { partnerId: string } }>(jwksPath, async (request, reply) => {
		const keys = moca.partners.publishedKeys(request.params.partnerId);
		return keys ? { keys } : await reply.code(404).send(mocaErrorBody(404));
	});
}

function issueRoute(moca: MocaState): ApiRoute {
	return {
		name: 'moca.issue',
		method: 'POST',
		url: `${mocaBasePath}/credentials/issue-on-behalf`,
		...partnerCall(moca, (call, caller) => issueOnBehalf(call, caller, moca)),
	};
}

function statusRoute(moca: MocaState): ApiRoute {
	return {
		name: 'moca.status',
		method: 'GET',
		url: `${mocaBasePath}/credentials/status`,
		// The scope and email are checked as for issuing; whether Moca does is unknown (docs/api/moca.md 11, no. 3).
		...partnerCall(moca, (call) => credentialStatus(call, moca)),
	};
}

type PartnerWork = (call: ApiCall, caller: AuthenticatedCall) => ApiAnswer;

/** What both partner routes share: the JWT first, then the work, every refusal in the documented error body. */
function partnerCall(moca: MocaState, work: PartnerWork): Pick<ApiRoute, 'recipientOf' | 'errorBody' | 'work'> {
	return {
		recipientOf: ({ headers }) => claimedRecipient(headers),
		errorBody: (status) => mocaErrorBody(status),
		work: async (call) => {
			try {
				return work(call, await authenticatePartner(call.headers, moca));
			} catch (error) {
				if (error instanceof MocaRefusal) return refusalAnswer(error, moca);
				throw error;
			}
		},
	};
}

function refusalAnswer({ status, message }: MocaRefusal, { settings }: MocaState): ApiAnswer {
	const told = status === 401 && settings.unauthorizedMessage === 'generic' ? genericMessage(401) : message;
	return { status, body: mocaErrorBody(status, told) };
}
