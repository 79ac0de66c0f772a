import {
	anchoredBatch,
	anchoredCredentialId,
	call,
	createBatch,
	credential,
	expectRefusal,
	until,
	useLearnCoin,
} from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
const batchCount = () => sandbox().learncoin.batches().length;

it('answers the same body under the same key with the first answer, though the batch has moved on', async () => {
	const first = await createBatch(sandbox(), [credential()], keyed('k'));
	await until(() => sandbox().learncoin.batches()[0]?.status === 'anchored');
	const again = await createBatch(sandbox(), [credential()], keyed('k'));
	expect([again.status, again.data]).toEqual([202, first.data]);
	expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
	expect(batchCount()).toBe(1);
});

it('refuses the same key with another body', async () => {
	await createBatch(sandbox(), [credential(1)], keyed('k'));
	expectRefusal(await createBatch(sandbox(), [credential(2)], keyed('k')), 409, 'idempotency_key_reused');
	expect(batchCount()).toBe(1);
});

it('makes a new batch for another key, and for none', async () => {
	for (const more of [keyed('one'), keyed('other'), {}, {}]) await createBatch(sandbox(), [credential()], more);
	expect(batchCount()).toBe(4);
});

it('does the work once when two come at the same time', async () => {
	const answers = await Promise.all(Array.from({ length: 5 }, async () => await createBatch(sandbox(), [credential()], keyed('k'))));
	expect(new Set(answers.map(({ data }) => (data as { id: string }).id)).size).toBe(1);
	expect(batchCount()).toBe(1);
});

it('gives the lost answer to whoever asks again', async () => {
	sandbox().faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
	await expect(createBatch(sandbox(), [credential()], keyed('k'))).rejects.toThrow();
	expect((await createBatch(sandbox(), [credential()], keyed('k'))).status).toBe(202);
	expect(batchCount()).toBe(1);
});

it('takes a key of 255 characters and refuses one of 256', async () => {
	expect((await createBatch(sandbox(), [credential()], keyed('k'.repeat(255)))).status).toBe(202);
	expectRefusal(await createBatch(sandbox(), [credential()], keyed('k'.repeat(256))), 400, 'invalid_field_format', /255/);
});

it('forgets a key after its time', async () => {
	await createBatch(sandbox(), [credential()], keyed('k'));
	sandbox().learncoin.settings.idempotencyTtlMs = 10;
	await new Promise((resolve) => setTimeout(resolve, 20));
	await createBatch(sandbox(), [credential(2)], keyed('k'));
	expect(batchCount()).toBe(2);
});

it('keeps test and live apart', async () => {
	await createBatch(sandbox(), [credential(1)], keyed('k'));
	const live = await createBatch(sandbox(), [credential(2)], { ...keyed('k'), key: sandbox().learncoin.liveApiKey });
	expect(live.status).toBe(202);
});

it('holds for every POST: a key of one credential is not good for another', async () => {
	const [one, other] = (await anchoredBatch(sandbox(), [credential(1), credential(2)])).credentials;
	const body = { reason: 'typo', reason_code: 'issuer_error' };
	const revoke = async (id: string) => await call(sandbox(), 'POST', `/credentials/${id}/revoke`, { body, ...keyed('k') });
	expect((await revoke(one!.id)).status).toBe(200);
	expectRefusal(await revoke(other!.id), 409, 'idempotency_key_reused');
});

describe('what the documents leave open', () => {
	it('the order of members counts only when bytes are compared', async () => {
		const { achievement, ...rest } = credential();
		const turned = [{ achievement, ...rest }];
		await createBatch(sandbox(), [credential()], keyed('k'));
		expect((await createBatch(sandbox(), turned, keyed('k'))).status).toBe(202);
		sandbox().reset();
		sandbox().learncoin.settings.idempotencyComparison = 'bytes';
		await createBatch(sandbox(), [credential()], keyed('k'));
		expectRefusal(await createBatch(sandbox(), turned, keyed('k')), 409, 'idempotency_key_reused');
	});

	it('a refusal is forgotten, or remembered', async () => {
		sandbox().learncoin.settings.alignmentFrameworks = [];
		const list = [credential(1, { achievement: { name: 'A', description: 'B', alignment: [{ targetFramework: 'ESCO' }] } })];
		const create = async (key: string) => (await createBatch(sandbox(), list, keyed(key))).status;
		expect(await create('forgotten')).toBe(400);
		sandbox().learncoin.settings.idempotencyCachesErrors = true;
		expect(await create('remembered')).toBe(400);
		sandbox().learncoin.settings.alignmentFrameworks = ['ESCO'];
		expect([await create('forgotten'), await create('remembered')]).toEqual([202, 400]);
	});

	it('one key may be good for several addresses', async () => {
		sandbox().learncoin.settings.idempotencyScope = 'endpoint';
		const id = await anchoredCredentialId(sandbox());
		await createBatch(sandbox(), [credential()], keyed('k'));
		const body = { requester: 'recipient', verified_at: '2026-06-30T00:00:00Z' };
		expect((await call(sandbox(), 'POST', `/credentials/${id}/erase`, { body, ...keyed('k') })).status).toBe(200);
	});

	it('other POSTs than createBatch may ignore the key', async () => {
		sandbox().learncoin.settings.idempotencyOn = 'createBatch';
		const body = { url: 'http://127.0.0.1:1/', events: ['batch.anchored'] };
		for (let times = 0; times < 2; times++) await call(sandbox(), 'POST', '/webhooks', { body, ...keyed('k') });
		expect(sandbox().learncoin.webhooks()).toHaveLength(2);
	});
});
