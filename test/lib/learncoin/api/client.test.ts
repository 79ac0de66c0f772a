import { ConnectionFailure, SendingStopped, type Answer } from '../../../../lib/http/types';
import type { BatchId, CheckedTenantPatch, CredentialId, WebhookId, WebhookUrl } from '../../../../lib/learncoin/api/checks';
import { createLearnCoinClient } from '../../../../lib/learncoin/api/client';
import type { CheckedCredential } from '../../../../lib/learncoin/credentials/credentialInput';
import { checkIdempotencyKey, derivedKey, freshKey, keyOfBatch } from '../../../../lib/learncoin/api/idempotency';
import { failureOf, thrownBy } from '../../../support/failures';
import { answer, fakeSend, refused } from '../../../support/fakes';
import { learnCoinHints } from '../../../support/hints';

const apiBaseUrl = 'https://api.learncoin.me/v1';
const batchId = 'bat_1' as BatchId;
const credentialId = 'crd_1' as CredentialId;
const webhookId = 'whk_1' as WebhookId;
const url = 'https://example.com/hook' as WebhookUrl;
const credentials = [{ recipient: { id: 'urn:uuid:1', name: 'Ada' } }] as unknown as CheckedCredential[];

type Client = ReturnType<typeof createLearnCoinClient>;

/** One call, and the request it made. */
const requestOf = async (call: (client: Client) => Promise<unknown>, body: unknown = { id: 'x', data: [] }) => {
	const { send, requests } = fakeSend(answer(200, body));
	await call(createLearnCoinClient(send, apiBaseUrl, learnCoinHints));
	return requests[0]!;
};

describe('the twelve calls', () => {
	it.each([
		['POST /batches', (c) => c.createBatch(credentials, derivedKey('x'), ''), { credentials }],
		['GET /batches/bat_1', (c) => c.getBatch(batchId), undefined],
		['GET /batches', (c) => c.listBatches({ cursor: 'c', limit: 10, status: 'failed' }), undefined],
		['GET /credentials/crd_1', (c) => c.getCredential(credentialId), undefined],
		[
			'POST /credentials/crd_1/revoke',
			(c) => c.revokeCredential(credentialId, { reason: 'r', reasonCode: 'other' }),
			{ reason: 'r', reason_code: 'other' },
		],
		[
			'POST /credentials/crd_1/erase',
			(c) => c.eraseCredential(credentialId, { requester: 'recipient', verifiedAt: 'd' }),
			{ requester: 'recipient', verified_at: 'd' },
		],
		['GET /tenants/me', (c) => c.getTenant(), undefined],
		['PATCH /tenants/me', (c) => c.updateTenant({ display_name: 'A' } as CheckedTenantPatch), { display_name: 'A' }],
		['POST /webhooks', (c) => c.createWebhook({ url, events: ['e'], description: '' }, freshKey()), { url, events: ['e'] }],
		['GET /webhooks', (c) => c.listWebhooks({}), undefined],
		['DELETE /webhooks/whk_1', (c) => c.deleteWebhook(webhookId), undefined],
		['POST /webhooks/whk_1/test', (c) => c.testWebhook(webhookId, freshKey()), {}],
	] as Array<[string, Parameters<typeof requestOf>[0], unknown]>)('%s', async (line, call, body) => {
		const request = await requestOf(call);
		expect(`${request.method} ${request.url}`).toBe(line.replace(' ', ` ${apiBaseUrl}`));
		expect(request.body).toEqual(body);
		expect(request.repeat).toBe('anything');
		expect(Boolean(request.headers?.['Idempotency-Key'])).toBe(line.startsWith('POST'));
	});

	it('sends only those parts of a query that are set', async () => {
		expect((await requestOf((c) => c.listBatches({ cursor: undefined, limit: 5 }))).query).toEqual({ limit: 5 });
		expect((await requestOf((c) => c.listBatches({ cursor: 'c', status: 'failed' }))).query).toEqual({ cursor: 'c', status: 'failed' });
		expect((await requestOf((c) => c.listWebhooks({}))).query).toEqual({});
	});

	it('a webhook’s description is sent where there is one', async () => {
		const request = await requestOf((c) => c.createWebhook({ url, events: ['e'], description: 'n8n' }, freshKey()));
		expect(request.body).toEqual({ url, events: ['e'], description: 'n8n' });
	});

	it.each([
		['Creating a batch of 1', (c) => c.createBatch(credentials, derivedKey('x'), 'It issues nothing twice.'), /issues nothing twice/],
		['Looking up bat_1', (c) => c.getBatch(batchId), /reading changes nothing/],
		['Listing the batches', (c) => c.listBatches({}), /reading changes nothing/],
		['Looking up crd_1', (c) => c.getCredential(credentialId), /reading changes nothing/],
		['Revoking crd_1', (c) => c.revokeCredential(credentialId, { reason: 'r', reasonCode: 'other' }), /changes nothing more/],
		[
			'Erasing the personal data of crd_1',
			(c) => c.eraseCredential(credentialId, { requester: 'r', verifiedAt: 'd' }),
			/changes nothing more/,
		],
		['Looking up the tenant', (c) => c.getTenant(), /reading changes nothing/],
		['Changing the tenant', (c) => c.updateTenant({ display_name: 'A' } as CheckedTenantPatch), /changes nothing more/],
		['Registering https://example.com/hook', (c) => c.createWebhook({ url, events: ['e'] }, freshKey()), /Look at the list first/],
		['Listing the webhooks', (c) => c.listWebhooks({}), /reading changes nothing/],
		['Deleting whk_1', (c) => c.deleteWebhook(webhookId), /changes nothing more/],
		['Testing whk_1', (c) => c.testWebhook(webhookId, freshKey()), /Run it again later/],
	] as Array<[string, Parameters<typeof requestOf>[0], RegExp]>)(
		'%s: a failure says that, and what running it again means',
		async (action, call, again) => {
			const { send } = fakeSend(answer(503));
			const { message, details } = await failureOf(call(createLearnCoinClient(send, apiBaseUrl, learnCoinHints)));
			expect(message).toBe(`${action} did not work: LearnCoin could not answer now (HTTP 503, asked once)`);
			expect(details.hint).toMatch(again);
		},
	);
});

describe('the idempotency key', () => {
	const keyOf = async (call: Parameters<typeof requestOf>[0]) => (await requestOf(call)).headers?.['Idempotency-Key'] ?? '';

	const revoke = (id: CredentialId) => keyOf((c) => c.revokeCredential(id, { reason: 'r', reasonCode: 'other' }));

	it('is the same for the same, in every run, and fits in 255 characters', async () => {
		expect(await revoke(credentialId)).toBe(await revoke(credentialId));
		expect(await revoke(credentialId)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});

	it('is another one for another body, and for another address', async () => {
		const keys = await Promise.all([
			revoke(credentialId),
			revoke('crd_2' as CredentialId),
			keyOf((c) => c.revokeCredential(credentialId, { reason: 'another', reasonCode: 'other' })),
			keyOf((c) => c.eraseCredential(credentialId, { requester: 'recipient', verifiedAt: '2026-01-01T00:00:00Z' })),
		]);
		expect(new Set(keys).size).toBe(4);
	});

	it('is the caller’s where they have one', async () => {
		const own = derivedKey('own');
		expect(await keyOf((c) => c.createBatch(credentials, own, ''))).toBe(own);
	});

	it('is a new one each time for what is meant each time', () => {
		expect(freshKey()).toMatch(/^[0-9a-f-]{36}$/);
		expect(freshKey()).not.toBe(freshKey());
	});

	it('of the user’s own has 1 to 255 signs that a header can hold', () => {
		for (const key of ['a', '7', 'first aid 2026', 'x'.repeat(255)]) expect(checkIdempotencyKey(key)).toBe(key);
		expect(thrownBy(() => checkIdempotencyKey('x'.repeat(256)))).toBe('The idempotency key has 256 characters; LearnCoin takes 255');
		for (const key of ['é', 'a\nb', ' a', 'a ']) expect(thrownBy(() => checkIdempotencyKey(key))).toMatch('cannot be sent in a header');
	});

	it('of the user’s own is that of the first batch; the others’ are numbered from 2', () => {
		const own = checkIdempotencyKey('course');
		expect([0, 1, 2].map((position) => keyOfBatch(own, position))).toEqual(['course', 'course-2', 'course-3']);
		expect(thrownBy(() => keyOfBatch(checkIdempotencyKey('x'.repeat(255)), 1))).toMatch('has 257 characters');
	});

	it('of two texts is not that of their joint', () => {
		expect(derivedKey('ab', 'c')).not.toBe(derivedKey('a', 'bc'));
	});
});

describe('answers', () => {
	it('pass through as they are, unknown fields too', async () => {
		const { send } = fakeSend(answer(200, { id: 'bat_1', status: 'new one', more: { x: 1 } }));
		expect(await createLearnCoinClient(send, apiBaseUrl, learnCoinHints).getBatch(batchId)).toEqual({
			id: 'bat_1',
			status: 'new one',
			more: { x: 1 },
		});
	});

	it.each([
		[{ data: [{ id: 'a' }], next_cursor: 'n', has_more: true }, 'n'],
		[{ data: [{ id: 'a' }], next_cursor: 'n' }, 'n'],
		[{ data: [{ id: 'a' }], next_cursor: 'n', has_more: false }, undefined],
		[{ data: [{ id: 'a' }], next_cursor: null, has_more: true }, undefined],
		[{ data: [{ id: 'a' }] }, undefined],
		[[{ id: 'a' }], undefined],
		[{ data: [{ id: 'a' }], next_cursor: '' }, undefined],
		[{ webhooks: [{ id: 'a' }] }, undefined],
		[{ data: [{ id: 'a' }, { id: 1 }, {}, 'b', null] }, undefined],
	])('a list %j', async (body, nextCursor) => {
		const { send } = fakeSend(answer(200, body));
		const page = await createLearnCoinClient(send, apiBaseUrl, learnCoinHints).listWebhooks({});
		expect(page).toEqual({ entries: [{ id: 'a' }], ...(nextCursor && { nextCursor }) });
	});

	it.each(['', '<html>', '{"data": {}}', 'null'])('%p, where a list is due, is told as unreadable', async (text) => {
		const { send } = fakeSend(answer(200, text));
		expect((await failureOf(createLearnCoinClient(send, apiBaseUrl, learnCoinHints).listBatches({}))).details).toMatchObject({
			code: 'unreadable_answer',
		});
	});

	it.each(['{}', '{"id": ""}', '{"id": 1}'])('%p lacks an ID, and that is said', async (text) => {
		const { send } = fakeSend(answer(200, text));
		expect((await failureOf(createLearnCoinClient(send, apiBaseUrl, learnCoinHints).getTenant())).message).toMatch(/it has no id$/);
	});

	it.each(['', '<html>', '{"id":', '{}', '[]', 'null'])('%p, where something with an ID is due, is told as unreadable', async (text) => {
		const { send } = fakeSend(answer(202, text));
		expect(
			await failureOf(
				createLearnCoinClient(send, apiBaseUrl, learnCoinHints).createBatch(credentials, derivedKey('x'), 'It issues nothing twice.'),
			),
		).toMatchObject({
			message: expect.stringMatching('its answer could not be read') as unknown,
			details: {
				httpStatus: 202,
				code: 'unreadable_answer',
				retryable: true,
				hint: expect.stringMatching('issues nothing twice') as unknown,
			},
		});
	});

	it('deleting what is gone says that nothing was there; a body is not needed', async () => {
		const client = (reply: Answer) => createLearnCoinClient(fakeSend(reply).send, apiBaseUrl, learnCoinHints);
		expect(await client(answer(204, '')).deleteWebhook(webhookId)).toBe(true);
		expect(await client(refused(404, 'webhook_not_found', 'No')).deleteWebhook(webhookId)).toBe(false);
		expect((await failureOf(client(refused(403, 'x', 'No')).deleteWebhook(webhookId))).details).toMatchObject({ httpStatus: 403 });
	});
});

describe('refusals', () => {
	const refusal = async (outcome: Answer | Error) =>
		await failureOf(createLearnCoinClient(fakeSend(outcome).send, apiBaseUrl, learnCoinHints).getCredential(credentialId));

	it.each([
		[401, 'api_key_missing', 'LearnCoin got no API key'],
		[401, 'api_key_invalid', 'LearnCoin does not know the API key'],
		[401, 'api_key_revoked', 'the API key was revoked'],
		[401, 'ip_not_allowed', 'may not be used from this machine’s address'],
		[403, 'environment_mismatch', 'a test key cannot do this'],
		[403, 'tier_required', 'plan does not include this'],
		[403, 'credential_not_owned', 'belongs to another tenant'],
		[400, 'invalid_json', 'could not read the request'],
		[400, 'missing_required_field', 'a required field is missing'],
		[400, 'invalid_field_format', 'a field is not in the form'],
		[400, 'recipient_id_invalid', 'did not take a recipient ID'],
		[400, 'achievement_too_large', 'an achievement is over 64 KB'],
		[400, 'batch_too_large', 'the batch has too many credentials'],
		[400, 'alignment_framework_unknown', 'does not know an alignment framework'],
		[404, 'credential_not_found', 'knows no such credential'],
		[409, 'idempotency_key_reused', 'was used within the last 24 hours for something else'],
	])('%d %s: %s', async (status, code, words) => {
		const { message, details } = await refusal(refused(status, code, 'In its own words'));
		expect(message).toMatch(/^Looking up crd_1 did not work: /);
		expect(message).toMatch(words);
		expect(message).toMatch('LearnCoin says: In its own words');
		expect(details).toMatchObject({ httpStatus: status, code, requestId: 'req_1A2B3C4D5E6F', attempts: 1, retryable: false });
		expect(details.hint).toMatch(/\w{3}/);
	});

	it.each([
		[429, 'asked to slow down', true],
		[500, 'could not answer now (HTTP 500, asked 3 times)', true],
		[400, 'LearnCoin refused the data', false],
		[422, 'LearnCoin refused the data', false],
		[401, 'LearnCoin did not accept the API key', false],
		[402, 'monthly limit is used up', false],
		[403, 'the API key may not do this', false],
		[409, 'it does not fit the present state', false],
		[404, 'LearnCoin knows no such thing', false],
		[418, 'answered with HTTP 418', false],
		[301, 'the address points elsewhere', false],
	])('a code that isn’t documented, with status %d', async (status, words, retryable) => {
		const { message, details } = await refusal({ ...refused(status, 'constructor', 'Words'), attempts: 3 });
		expect(message).toMatch(words);
		expect(details).toMatchObject({ code: 'constructor', attempts: 3, retryable });
	});

	it.each([
		['the tenant', (c: Client) => c.getTenant()],
		['the batches', (c: Client) => c.listBatches({})],
		['the webhooks', (c: Client) => c.listWebhooks({})],
	])('a 404 for %s, which are always there, is for the address, not for an ID', async (_, call) => {
		const { send } = fakeSend(refused(404, 'not_found', 'No such page'));
		const { message, details } = await failureOf(call(createLearnCoinClient(send, apiBaseUrl, learnCoinHints)));
		expect(message).toMatch('did not work: there is no LearnCoin API at this address. LearnCoin says: No such page');
		expect(details.hint).toBe(learnCoinHints.address);
	});

	it('takes the request ID from the header when the body has none, and shows no HTML', async () => {
		const { message, details } = await refusal({
			...answer(502, '<html>Bad gateway</html>', { 'x-request-id': 'req_header' }),
			attempts: 5,
		});
		expect(message).toBe('Looking up crd_1 did not work: LearnCoin could not answer now (HTTP 502, asked 5 times)');
		expect(details).toMatchObject({ requestId: 'req_header', code: null });
	});

	it('repeats no key that LearnCoin quotes', async () => {
		const { message } = await refusal(
			refused(401, 'api_key_invalid', `Key ${['lrn', 'live', 'Abc123'].join('_')} with ${['whsec', 'Def456'].join('_')}`),
		);
		expect(message).toMatch('Key lrn_live_[removed] with whsec_[removed]');
	});

	it('tells when nobody answered', async () => {
		expect(await refusal(new ConnectionFailure('ECONNREFUSED', 3))).toMatchObject({
			message: 'Looking up crd_1 did not work: LearnCoin could not be reached in 3 attempts',
			details: { code: 'ECONNREFUSED', httpStatus: null, attempts: 3, retryable: true },
		});
	});

	it('passes on that the run was stopped', async () => {
		const { send } = fakeSend(new SendingStopped(0));
		await expect(createLearnCoinClient(send, apiBaseUrl, learnCoinHints).getTenant()).rejects.toThrow(SendingStopped);
	});
});
