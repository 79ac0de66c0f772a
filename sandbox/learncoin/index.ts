import type { StoredCredential } from './batchStore';
import { batchBody, type BatchBody } from './batches/batchBody';
import { credentialBody } from './credentials/credentialBody';
import { foreignCredentialId } from './credentials/endpoints';
import { issuerIds } from './proofs/did';
import { learnCoinBasePath } from './routes';
import type { LearnCoinSettings } from './settings';
import type { LearnCoinState } from './state';
import type { Environment } from './types';
import type { Delivery } from './webhooks/deliveries';
import { emit } from './webhooks/emit';
import { loopbackPost, type ReceiverAnswer } from './webhooks/loopbackPost';
import { signatureHeader } from './webhooks/signature';
import type { RegisteredWebhook } from './webhooks/webhook';

/** A credential as tests and the page see it, with what the API keeps to itself. */
interface SandboxCredential {
	id: string;
	batchId: string;
	environment: Environment;
	status: string;
	recipientId: string;
	/** Gone after an erasure, as the email is. */
	recipientName?: string;
	recipientEmail?: string;
	achievementName: string;
	/** As it was sent, ISO 8601. */
	issuanceDate: string;
	expirationDate?: string;
	revoked: boolean;
	erased: boolean;
	/** What `GET /credentials/{id}` answers now. */
	readonly body: Record<string, unknown>;
}

/** The LearnCoin half of a running sandbox, as tests and the demo use it. */
export interface LearnCoinSandbox {
	/** What a user enters as the base URL; ends in `/v1`. */
	apiBaseUrl: string;
	/** `lrn_test_…`, new at every start. */
	apiKey: string;
	/** `lrn_live_…`, of the same tenant. */
	liveApiKey: string;
	tenantId: string;
	/** Issuer of the documents, DID document and key as the settings have them now. */
	issuer(): { id: string; did: string; verificationMethod: string; address: string };
	/** A credential of another tenant: 404 to see, 403 to change. */
	foreignCredentialId: string;
	/** Live: a change counts from the next request, batch or attempt on. */
	settings: LearnCoinSettings;
	/** Every batch in the order of creation, as `GET /batches/{id}` answers it now. */
	batches(): BatchBody[];
	/** Every credential, in the order of the requests. */
	credentials(): SandboxCredential[];
	/** With their secrets, which the API tells only once. */
	webhooks(): RegisteredWebhook[];
	/** In the order of the events. */
	deliveries(): Delivery[];
	/** Sends an event to the webhooks that subscribed to it, of both environments; resolves when each was tried once. */
	emit(type: string, data: unknown): Promise<Delivery[]>;
	/** Sends a webhook's address exactly this, once, and records nothing. @throws Error for an unknown webhook */
	deliverRaw(webhookId: string, request: { body: string; headers?: Record<string, string> }): Promise<ReceiverAnswer>;
	/** The signature header for a body, by the webhook's secret. @param seconds since epoch, default now */
	sign(webhookId: string, body: string, seconds?: number): string;
	/** The same event once more, as an at-least-once delivery may. @throws Error for an unknown delivery */
	redeliver(deliveryId: string): Promise<Delivery>;
}

/** Opens the LearnCoin half at the address the sandbox got. */
export function openLearnCoin(state: LearnCoinState, sandboxUrl: string, stopping: AbortSignal): LearnCoinSandbox {
	state.publicUrl = sandboxUrl;
	const { settings, keys, store, webhooks, deliveries } = state;
	const findWebhook = (id: string) => {
		const webhook = webhooks.find((candidate) => candidate.id === id);
		if (!webhook) throw new Error(`The sandbox has no webhook ${id}`);
		return webhook;
	};
	return {
		apiBaseUrl: `${sandboxUrl}${learnCoinBasePath}`,
		apiKey: keys.test,
		liveApiKey: keys.live,
		tenantId: state.tenant.id,
		issuer: () => {
			const { issuer: id, did, verificationMethod } = issuerIds(state);
			return { id, did, verificationMethod, address: state.accounts.tenant.address };
		},
		foreignCredentialId,
		settings,
		batches: () => store.batches().map((batch) => batchBody(batch, state)),
		credentials: () => store.credentials().map((credential) => sandboxCredential(credential, state)),
		webhooks: () => webhooks.map((webhook) => ({ ...webhook })),
		deliveries: () => deliveries.all().map((delivery) => ({ ...delivery, attempts: [...delivery.attempts] })),
		emit: async (type, data) => await emit(type, data, state),
		deliverRaw: async (webhookId, { body, headers }) => {
			const request = { body, headers: { 'content-type': 'application/json', ...headers } };
			return await loopbackPost(findWebhook(webhookId).url, request, { timeoutMs: settings.deliveryTimeoutMs, stopping });
		},
		sign: (webhookId, body, seconds = Math.floor(Date.now() / 1000)) =>
			signatureHeader(findWebhook(webhookId).signing_secret, body, seconds, settings),
		redeliver: async (deliveryId) => await deliveries.redeliver(deliveryId),
	};
}

function sandboxCredential(credential: StoredCredential, state: LearnCoinState): SandboxCredential {
	const { id, batch, recipient, input, revocation, erasure } = credential;
	return {
		id,
		batchId: batch.id,
		environment: batch.environment,
		status: batch.status,
		recipientId: recipient.id,
		...(recipient.name !== undefined && { recipientName: recipient.name }),
		...(recipient.email !== undefined && { recipientEmail: recipient.email }),
		achievementName: input.achievement.name,
		issuanceDate: input.issuanceDate,
		...(input.expirationDate !== undefined && { expirationDate: input.expirationDate }),
		revoked: revocation !== undefined,
		erased: erasure !== undefined,
		// Only when it is read: writing a proof down takes as long as all the rest.
		get body() {
			return credentialBody(credential, state);
		},
	};
}
