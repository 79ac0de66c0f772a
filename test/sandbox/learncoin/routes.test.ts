import { call, createBatch, credential, expectRefusal, learnerId, subscribe, until, useLearnCoin } from '../../support/sandbox/learncoin';

const sandbox = useLearnCoin();

it('answers under an address of its own beside Moca', () => {
	expect(sandbox().learncoin.apiBaseUrl).toBe(`${sandbox().url}/learncoin/v1`);
});

describe('faults', () => {
	it.each([400, 401, 403, 404, 409, 429, 500, 503])('answer %s in the documented error body', async (status) => {
		sandbox().faults.add({ route: 'learncoin.getCurrentTenant', answer: { kind: 'status', status } });
		const answer = await call(sandbox(), 'GET', '/tenants/me');
		expectRefusal(answer, status, (answer.data as { error: { code: string } }).error.code);
		expect((await call(sandbox(), 'GET', '/tenants/me')).status).toBe(200);
	});

	it('can play a rate limit', async () => {
		sandbox().faults.add({ route: '*', answer: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } });
		const answer = await createBatch(sandbox());
		expectRefusal(answer, 429, 'rate_limited');
		expect(answer.headers['retry-after']).toBe('1');
	});

	it('can play a code that no setting has', async () => {
		const body = { error: { code: 'environment_mismatch', message: 'Mainnet only', request_id: 'req_AAAAAAAAAAAA' } };
		sandbox().faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 403, body } });
		expectRefusal(await createBatch(sandbox()), 403, 'environment_mismatch', /^Mainnet only$/);
	});

	it('find the recipient of a batch of one, and of a credential', async () => {
		sandbox().faults.add({ route: '*', recipientEmail: 'learner2@example.com', times: 2, answer: { kind: 'status', status: 500 } });
		expect((await createBatch(sandbox(), [credential(1)])).status).toBe(202);
		expect((await createBatch(sandbox(), [credential(2)])).status).toBe(500);
		sandbox().faults.clear();
		await createBatch(sandbox(), [credential(2)]);
		sandbox().faults.add({
			route: 'learncoin.getCredential',
			recipientEmail: 'learner2@example.com',
			answer: { kind: 'status', status: 500 },
		});
		const [first, second] = sandbox().learncoin.credentials();
		expect((await call(sandbox(), 'GET', `/credentials/${first!.id}`)).status).toBe(200);
		expect((await call(sandbox(), 'GET', `/credentials/${second!.id}`)).status).toBe(500);
	});
});

it('shows in the traffic, by operation and recipient', async () => {
	await createBatch(sandbox(), [credential(1)]);
	await createBatch(sandbox(), [credential(1), credential(2)]);
	await createBatch(sandbox(), [credential(3, { recipient: { id: learnerId(3), name: 'Eve' } })]);
	const shown = sandbox()
		.traffic.requests()
		.map(({ route, recipientEmail }) => [route, recipientEmail]);
	expect(shown).toEqual([
		['learncoin.createBatch', 'learner1@example.com'],
		['learncoin.createBatch', undefined],
		['learncoin.createBatch', learnerId(3)],
	]);
});

it('sends a page of HTML without a request id, as a gateway would', async () => {
	sandbox().faults.add({ route: '*', answer: { kind: 'html', status: 502 } });
	const answer = await call(sandbox(), 'GET', '/tenants/me');
	expect(answer.headers).not.toHaveProperty('x-request-id');
});

it('lets no batch from before a reset send an event after it', async () => {
	await createBatch(sandbox());
	sandbox().reset();
	await subscribe(sandbox(), 'http://127.0.0.1:1/', ['batch.signed', 'batch.anchored']);
	await new Promise((resolve) => setTimeout(resolve, 120));
	expect(sandbox().learncoin.deliveries()).toEqual([]);
});

it('forgets everything on reset, and keeps keys and settings', async () => {
	const { apiKey } = sandbox().learncoin;
	sandbox().learncoin.settings.webhookList = 'array';
	await createBatch(sandbox(), [credential()], { headers: { 'idempotency-key': 'k' } });
	await call(sandbox(), 'POST', '/webhooks', { body: { url: 'http://127.0.0.1:1/', events: ['batch.anchored'] } });
	sandbox().reset();
	const { batches, credentials, webhooks, deliveries, settings } = sandbox().learncoin;
	expect([batches(), credentials(), webhooks(), deliveries()]).toEqual([[], [], [], []]);
	expect([sandbox().learncoin.apiKey, settings.webhookList]).toEqual([apiKey, 'array']);
	const again = await createBatch(sandbox(), [credential(2)], { headers: { 'idempotency-key': 'k' } });
	expect(again.status).toBe(202);
	await until(() => batches()[0]?.status === 'anchored');
});
