import { explainUnreadable, isCallFailure, sendExplained, successful, type CallDescription } from '../../http/explain';
import { readJsonObject } from '../../http/readAnswer';
import type { Answer, HttpRequest, Send } from '../../http/types';
import { isJsonObject, parseJson, type JsonObject } from '../../values/json';
import type { CheckedCredential } from '../credentials/credentialInput';
import type { LearnCoinHints } from '../hints';
import type { BatchId, CheckedTenantPatch, CredentialId, WebhookId, WebhookUrl } from './checks';
import { describeCall } from './failures';
import { derivedKey, type IdempotencyKey } from './idempotency';
import type { Batch, BatchStatus, Credential, Page, RevokeReasonCode, Tenant, Webhook } from './types';

export interface ListQuery {
	cursor?: string | undefined;
	/** 1–100. */
	limit?: number;
}

/** All of LearnCoin’s documented calls (docs/api/learncoin.md 3). Each rejects with a CallFailure, or with SendingStopped. */
export interface LearnCoinClient {
	/**
	 * With the same key and the same credentials within 24 h, LearnCoin gives the first answer again, with the state of then.
	 *
	 * @param retryHint what running it again means, in whole sentences
	 */
	createBatch(credentials: readonly CheckedCredential[], key: IdempotencyKey, retryHint: string): Promise<Batch>;
	/** @param givesWay to whatever else the run sends: for looks at what goes on by itself */
	getBatch(id: BatchId, givesWay?: boolean): Promise<Batch>;
	/** Newest first. */
	listBatches(query: ListQuery & { status?: BatchStatus }): Promise<Page<Batch>>;
	getCredential(id: CredentialId): Promise<Credential>;
	revokeCredential(id: CredentialId, revocation: { reason: string; reasonCode: RevokeReasonCode }): Promise<Credential>;
	/** @param erasure `verifiedAt`: when the requester's identity was verified, ISO 8601 UTC */
	eraseCredential(id: CredentialId, erasure: { requester: string; verifiedAt: string }): Promise<Credential>;
	getTenant(): Promise<Tenant>;
	/** Resolves with `undefined` where the answer to a change does not show the tenant. */
	updateTenant(patch: CheckedTenantPatch): Promise<Tenant | undefined>;
	/**
	 * The one answer that holds the signing secret. The key is the caller's, because one derived from the body would bring back the answer for
	 * an endpoint that was deleted meanwhile.
	 */
	createWebhook(webhook: { url: WebhookUrl; events: string[]; description?: string }, key: IdempotencyKey): Promise<Webhook>;
	listWebhooks(query: ListQuery): Promise<Page<Webhook>>;
	/** Resolves with whether there was anything to delete. */
	deleteWebhook(id: WebhookId): Promise<boolean>;
	/** Sends a `webhook.test` to the endpoint. With the same key as before, LearnCoin may not send another. */
	testWebhook(id: WebhookId, key: IdempotencyKey): Promise<JsonObject>;
}

const againReads = 'Run it again later: reading changes nothing.';
const againIsSame = 'Run it again later: the same request changes nothing more.';
const againSends = 'Look at the list first: it may have been done although the answer was lost.';

/** The calls over `send`, which adds the API key. */
export function createLearnCoinClient(send: Send, apiBaseUrl: string, hints: LearnCoinHints): LearnCoinClient {
	const at = (...path: string[]) => [apiBaseUrl, ...path.map(encodeURIComponent)].join('/');
	const alwaysThere = new Set([at('batches'), at('tenants', 'me'), at('webhooks')]);
	const call = async (request: HttpRequest, action: string, again: string): Promise<Reply> => {
		const description = describeCall(action, again, hints, alwaysThere.has(request.url));
		return { answer: successful(await sendExplained(send, request, description), description), description };
	};
	const get = async (url: string, action: string, query: HttpRequest['query'] = {}, givesWay = false) =>
		await call({ method: 'GET', url, query, repeat: 'anything', ...(givesWay && { givesWay }) }, action, againReads);
	// Every POST has a key, so that a repeat is recognised and needs no care (docs/api/learncoin.md 5).
	const post = async (url: string, body: JsonObject, key: IdempotencyKey | undefined, action: string, again: string) => {
		const headers = { 'Idempotency-Key': key ?? derivedKey(pathOf(url), JSON.stringify(body)) };
		return await call({ method: 'POST', url, body, headers, repeat: 'anything' }, action, again);
	};

	return {
		createBatch: async (credentials, key, retryHint) =>
			readEntity(await post(at('batches'), { credentials }, key, `Creating a batch of ${credentials.length}`, retryHint)),
		getBatch: async (id, givesWay) => readEntity(await get(at('batches', id), `Looking up ${id}`, {}, givesWay)),
		listBatches: async ({ status, ...page }) =>
			readPage(await get(at('batches'), 'Listing the batches', { ...pageQuery(page), ...(status && { status }) })),
		getCredential: async (id) => readEntity(await get(at('credentials', id), `Looking up ${id}`)),
		revokeCredential: async (id, { reason, reasonCode }) => {
			const body = { reason, reason_code: reasonCode };
			return readEntity(await post(at('credentials', id, 'revoke'), body, undefined, `Revoking ${id}`, againIsSame));
		},
		eraseCredential: async (id, { requester, verifiedAt }) => {
			const body = { requester, verified_at: verifiedAt };
			return readEntity(await post(at('credentials', id, 'erase'), body, undefined, `Erasing the personal data of ${id}`, againIsSame));
		},
		getTenant: async () => readEntity(await get(at('tenants', 'me'), 'Looking up the tenant')),
		updateTenant: async (patch) =>
			readChanged(
				await call({ method: 'PATCH', url: at('tenants', 'me'), body: patch, repeat: 'anything' }, 'Changing the tenant', againIsSame),
			),
		createWebhook: async ({ url, events, description }, key) => {
			const body = { url, events, ...(description && { description }) };
			return readEntity(await post(at('webhooks'), body, key, `Registering ${url}`, againSends));
		},
		listWebhooks: async (page) => readPage(await get(at('webhooks'), 'Listing the webhooks', pageQuery(page))),
		deleteWebhook: async (id) =>
			await call({ method: 'DELETE', url: at('webhooks', id), repeat: 'anything' }, `Deleting ${id}`, againIsSame).then(
				() => true,
				(error: unknown) => (isCallFailure(error, 404) ? false : Promise.reject(error as Error)),
			),
		testWebhook: async (id, key) => readFields(await post(at('webhooks', id, 'test'), {}, key, `Testing ${id}`, 'Run it again later.')),
	};
}

const pageQuery = ({ cursor, limit }: ListQuery) => ({ ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) });

const pathOf = (url: string): string => new URL(url).pathname;

/** A success, and how to tell that it can't be read. */
interface Reply {
	answer: Answer;
	description: CallDescription;
}

function readFields({ answer, description }: Reply): JsonObject {
	const fields = readJsonObject(answer);
	if (!fields) throw explainUnreadable(answer, description);
	return fields;
}

function readEntity<Entity extends { id: string }>(reply: Reply): Entity & JsonObject {
	const fields = readFields(reply);
	if (typeof fields.id === 'string' && fields.id !== '') return fields as Entity & JsonObject;
	throw explainUnreadable(reply.answer, reply.description, 'it has no id');
}

/** A change is done once it is accepted; only a sample shows what the answer holds (docs/api/learncoin.md 3.7). */
function readChanged<Entity extends { id: string }>(reply: Reply): (Entity & JsonObject) | undefined {
	if (reply.answer.text.trim() === '') return undefined;
	const fields = readFields(reply);
	return typeof fields.id === 'string' ? (fields as Entity & JsonObject) : undefined;
}

/** `next_cursor` on the last page may be null or absent; the list of webhooks may be no page at all (docs/api/learncoin.md 3.3 and 3.8). */
function readPage<Entry extends { id: string }>({ answer, description }: Reply): Page<Entry> {
	const body = parseJson(answer.text);
	const list = Array.isArray(body) ? body : isJsonObject(body) ? [body.data, body.webhooks, body.batches].find(Array.isArray) : undefined;
	if (!list) throw explainUnreadable(answer, description);
	const page = isJsonObject(body) ? body : {};
	const goesOn = page.has_more !== false && typeof page.next_cursor === 'string' && page.next_cursor !== '';
	return { entries: (list as unknown[]).filter(isEntry<Entry>), ...(goesOn && { nextCursor: page.next_cursor as string }) };
}

const isEntry = <Entry extends { id: string }>(value: unknown): value is Entry => isJsonObject(value) && typeof value.id === 'string';
