import { isJsonObject, readJsonObject, type JsonObject } from '../http/readAnswer';
import { ConnectionFailure, type Answer, type HttpRequest, type Send } from '../http/types';
import type { BatchId, CheckedTenantPatch, CredentialId, WebhookId, WebhookUrl } from './checks';
import type { CheckedCredential } from './credentialInput';
import { explainNoAnswer, explainRefusal, explainUnreadable, LearnCoinFailure, type Doing } from './failures';
import { derivedKey, type IdempotencyKey } from './idempotency';
import type { Batch, BatchStatus, Credential, Page, RevokeReasonCode, Tenant, Webhook } from './types';

export interface ListQuery {
	cursor?: string | undefined;
	/** 1–100. */
	limit?: number;
}

/** All of LearnCoin’s documented calls (fact sheet 3). Each rejects with a LearnCoinFailure, or with SendingStopped. */
export interface LearnCoinClient {
	/** Without a key, one is derived from the credentials: the same again within 24 h gets the first answer, with the state of then. */
	createBatch(credentials: readonly CheckedCredential[], key?: IdempotencyKey): Promise<Batch>;
	getBatch(id: BatchId): Promise<Batch>;
	/** Newest first. */
	listBatches(query: ListQuery & { status?: BatchStatus }): Promise<Page<Batch>>;
	getCredential(id: CredentialId): Promise<Credential>;
	revokeCredential(id: CredentialId, revocation: { reason: string; reasonCode: RevokeReasonCode }): Promise<Credential>;
	/** @param erasure `verifiedAt`: when the requester's identity was verified, ISO 8601 UTC */
	eraseCredential(id: CredentialId, erasure: { requester: string; verifiedAt: string }): Promise<Credential>;
	getTenant(): Promise<Tenant>;
	updateTenant(patch: CheckedTenantPatch): Promise<Tenant>;
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
const againIssues = 'Run it again within 24 hours with the same data: LearnCoin then gives the same batch and issues nothing twice.';
const againIsSame = 'Run it again later: the same request changes nothing more.';
const againSends = 'Look at the list first: it may have been done although the answer was lost.';

/** The calls over `send`, which adds the API key. */
export function createLearnCoinClient(send: Send, apiBaseUrl: string): LearnCoinClient {
	const at = (...path: string[]) => [apiBaseUrl, ...path.map(encodeURIComponent)].join('/');
	const ask = async (request: HttpRequest, doing: Doing) => await sendExplained(send, request, doing);
	const get = async (url: string, doing: Doing, query: HttpRequest['query'] = {}) =>
		await ask({ method: 'GET', url, query, repeat: 'anything' }, doing);
	// Every POST has a key, so that a repeat is recognised and needs no care (fact sheet 5).
	const post = async (url: string, body: JsonObject, key: IdempotencyKey | undefined, doing: Doing) =>
		await ask(
			{
				method: 'POST',
				url,
				body,
				headers: { 'Idempotency-Key': key ?? derivedKey(pathOf(url), JSON.stringify(body)) },
				repeat: 'anything',
			},
			doing,
		);

	return {
		async createBatch(credentials, key) {
			const doing = { what: `Creating a batch of ${credentials.length}`, again: againIssues };
			return readEntity(await post(at('batches'), { credentials }, key, doing), doing);
		},
		async getBatch(id) {
			const doing = { what: `Looking up ${id}`, again: againReads };
			return readEntity(await get(at('batches', id), doing), doing);
		},
		async listBatches({ cursor, limit, status }) {
			const doing = { what: 'Listing the batches', again: againReads };
			const query = { ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }), ...(status && { status }) };
			return readPage(await get(at('batches'), doing, query), doing);
		},
		async getCredential(id) {
			const doing = { what: `Looking up ${id}`, again: againReads };
			return readEntity(await get(at('credentials', id), doing), doing);
		},
		async revokeCredential(id, { reason, reasonCode }) {
			const doing = { what: `Revoking ${id}`, again: againIsSame };
			return readEntity(await post(at('credentials', id, 'revoke'), { reason, reason_code: reasonCode }, undefined, doing), doing);
		},
		async eraseCredential(id, { requester, verifiedAt }) {
			const doing = { what: `Erasing the personal data of ${id}`, again: againIsSame };
			return readEntity(await post(at('credentials', id, 'erase'), { requester, verified_at: verifiedAt }, undefined, doing), doing);
		},
		async getTenant() {
			const doing = { what: 'Looking up the tenant', again: againReads };
			return readEntity(await get(at('tenants', 'me'), doing), doing);
		},
		async updateTenant(patch) {
			const doing = { what: 'Changing the tenant', again: againIsSame };
			return readEntity(await ask({ method: 'PATCH', url: at('tenants', 'me'), body: patch, repeat: 'anything' }, doing), doing);
		},
		async createWebhook({ url, events, description }, key) {
			const doing = { what: `Registering ${url}`, again: againSends };
			return readEntity(await post(at('webhooks'), { url, events, ...(description && { description }) }, key, doing), doing);
		},
		async listWebhooks({ cursor, limit }) {
			const doing = { what: 'Listing the webhooks', again: againReads };
			const query = { ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) };
			return readPage(await get(at('webhooks'), doing, query), doing);
		},
		async deleteWebhook(id) {
			const doing = { what: `Deleting ${id}`, again: againIsSame };
			return await ask({ method: 'DELETE', url: at('webhooks', id), repeat: 'anything' }, doing).then(() => true, falseIfGone);
		},
		async testWebhook(id, key) {
			const doing = { what: `Testing ${id}`, again: 'Run it again later.' };
			const answer = await post(at('webhooks', id, 'test'), {}, key, doing);
			const fields = readJsonObject(answer);
			if (!fields) throw explainUnreadable(answer, doing);
			return fields;
		},
	};
}

const pathOf = (url: string): string => new URL(url).pathname;

const falseIfGone = (error: unknown): Promise<boolean> =>
	error instanceof LearnCoinFailure && error.details.httpStatus === 404 ? Promise.resolve(false) : Promise.reject(error as Error);

async function sendExplained(send: Send, request: HttpRequest, doing: Doing): Promise<Answer> {
	const answer = await send(request).catch((error: unknown) =>
		Promise.reject(error instanceof ConnectionFailure ? explainNoAnswer(error, doing) : error),
	);
	if (answer.status < 200 || answer.status > 299) throw explainRefusal(answer, doing);
	return answer;
}

function readEntity<Entity extends { id: string }>(answer: Answer, doing: Doing): Entity & JsonObject {
	const fields = readJsonObject(answer);
	if (!fields || typeof fields.id !== 'string' || fields.id === '') throw explainUnreadable(answer, doing);
	return fields as Entity & JsonObject;
}

/** `next_cursor` on the last page may be null or absent; the list of webhooks may be no page at all (fact sheet 3.3 and 3.8). */
function readPage<Entry extends { id: string }>(answer: Answer, doing: Doing): Page<Entry> {
	const body = readJson(answer);
	const list = Array.isArray(body) ? body : isJsonObject(body) ? [body.data, body.webhooks, body.batches].find(Array.isArray) : undefined;
	if (!list) throw explainUnreadable(answer, doing);
	const page = isJsonObject(body) ? body : {};
	const goesOn = page.has_more !== false && typeof page.next_cursor === 'string' && page.next_cursor !== '';
	return { entries: (list as unknown[]).filter(isEntry<Entry>), ...(goesOn && { nextCursor: page.next_cursor as string }) };
}

const isEntry = <Entry extends { id: string }>(value: unknown): value is Entry => isJsonObject(value) && typeof value.id === 'string';

function readJson({ text }: Answer): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
