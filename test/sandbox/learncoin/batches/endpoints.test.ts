import {
	call,
	createBatch,
	credential,
	credentials,
	expectRefusal,
	learnerId,
	until,
	useLearnCoin,
	anchoredBatch,
} from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
const get = async (id: string, key?: string) => await call(sandbox(), 'GET', `/batches/${id}`, key === undefined ? {} : { key });
const statusOf = (id: string) =>
	sandbox()
		.learncoin.batches()
		.find((batch) => batch.id === id)?.status;

describe('creating a batch', () => {
	it('answers 202 with the five members of the sample', async () => {
		const { status, data } = await createBatch(sandbox(), credentials(3));
		expect(status).toBe(202);
		expect(data).toEqual({
			id: expect.stringMatching(/^bat_[A-Z0-9]{26}$/) as string,
			status: 'pending',
			credentials_count: 3,
			created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/) as string,
			environment: 'test',
		});
	});

	it('takes 500 credentials and refuses 501', async () => {
		expect((await createBatch(sandbox(), credentials(500))).status).toBe(202);
		expectRefusal(await createBatch(sandbox(), credentials(501)), 400, 'batch_too_large', /501/);
	});

	it('takes 500 achievements of nearly 64 KB', async () => {
		const achievement = { name: 'Algebra', description: 'd'.repeat(65_000) };
		expect(
			(
				await createBatch(
					sandbox(),
					Array.from({ length: 500 }, (_, at) => credential(at, { achievement })),
				)
			).status,
		).toBe(202);
	});

	it('is done by a key for its own environment alone', async () => {
		const { liveApiKey } = sandbox().learncoin;
		const { data } = await createBatch(sandbox(), [credential()], { key: liveApiKey });
		expect(data).toMatchObject({ environment: 'live' });
		expectRefusal(await get((data as { id: string }).id), 404, 'batch_not_found');
		expect((await get((data as { id: string }).id, liveApiKey)).status).toBe(200);
	});

	it('can be refused once the month is used up', async () => {
		Object.assign(sandbox().learncoin.settings, { monthlyLimit: 2 });
		expect((await createBatch(sandbox(), credentials(3))).status).toBe(202);
		sandbox().reset();
		sandbox().learncoin.settings.monthlyLimitAnswer = 402;
		expect((await createBatch(sandbox(), credentials(2))).status).toBe(202);
		expectRefusal(await createBatch(sandbox()), 402, 'monthly_limit_reached');
	});
});

describe('the way of a batch', () => {
	it('goes from pending over signed to anchored', async () => {
		const { data } = await createBatch(sandbox());
		const { id } = data as { id: string };
		const seen = new Set<string>();
		await until(async () => {
			const { status } = (await get(id)).data as { status: string };
			seen.add(status);
			return status === 'anchored';
		});
		expect([...seen]).toEqual(['pending', 'signed', 'anchored']);
	});

	it('ends with a root, a transaction and the credentials with their links, in an order of its own', async () => {
		const batch = await anchoredBatch(sandbox(), credentials(2));
		expect(batch).toEqual({
			id: expect.any(String) as string,
			status: 'anchored',
			credentials_count: 2,
			created_at: expect.any(String) as string,
			environment: 'test',
			anchored_at: expect.stringMatching(/Z$/) as string,
			merkle_root: expect.stringMatching(/^0x[0-9a-f]{64}$/) as string,
			anchor_transaction: {
				chain: 'base-sepolia',
				hash: expect.stringMatching(/^0x[0-9a-f]{64}$/) as string,
				block_number: expect.any(Number) as number,
				explorer_url: expect.stringMatching(/^https:\/\/sepolia\.basescan\.org\/tx\/0x[0-9a-f]{64}$/) as string,
			},
			credentials: [2, 1].map((number) => ({
				id: expect.stringMatching(/^crd_[A-Z0-9]{26}$/) as string,
				recipient_id: learnerId(number),
				verify_url: expect.stringMatching(/\/c\/crd_[A-Z0-9]{26}$/) as string,
			})),
		});
	});

	it('ends on the main chain for a live key', async () => {
		const batch = await anchoredBatch(sandbox(), [credential()], { key: sandbox().learncoin.liveApiKey });
		expect(batch).toMatchObject({
			anchor_transaction: { chain: 'base-mainnet', explorer_url: expect.stringMatching(/^https:\/\/basescan\.org\/tx\//) as string },
		});
	});

	it.each(['pending', 'signed'] as const)('can fail from %s, with a plain text and without credentials', async (failFrom) => {
		Object.assign(sandbox().learncoin.settings, { failBatches: true, failFrom, batchError: 'out of gas' });
		const { id } = (await createBatch(sandbox())).data as { id: string };
		if (failFrom === 'signed') await until(() => statusOf(id) === 'signed');
		await until(() => statusOf(id) === 'failed');
		const { data } = await get(id);
		expect(data).toMatchObject({ error: 'out of gas' });
		expect(data).not.toHaveProperty('credentials');
	});

	it('can fail for the batch of one recipient alone', async () => {
		sandbox().learncoin.settings.failBatchesWithRecipients = [learnerId(2)];
		const ids: string[] = [];
		for (const number of [1, 2, 3]) ids.push(((await createBatch(sandbox(), [credential(number)])).data as { id: string }).id);
		await until(() => ids.every((id) => ['anchored', 'failed'].includes(statusOf(id) ?? '')));
		expect(ids.map(statusOf)).toEqual(['anchored', 'failed', 'anchored']);
	});

	it('never ends when anchoring takes longer than a timer can', async () => {
		sandbox().learncoin.settings.anchoredAfterMs = 2 ** 33;
		const { id } = (await createBatch(sandbox())).data as { id: string };
		await until(() => statusOf(id) === 'signed');
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(statusOf(id)).toBe('signed');
	});
});

describe('what the documents leave open', () => {
	it('credentials may be listed from the start', async () => {
		sandbox().learncoin.settings.credentialsAppearAt = 'pending';
		expect((await createBatch(sandbox())).data).toMatchObject({ status: 'pending', credentials: [{ recipient_id: learnerId(1) }] });
	});

	it('credentials may come in the order of the request', async () => {
		sandbox().learncoin.settings.credentialOrder = 'request';
		const { credentials: listed } = await anchoredBatch(sandbox(), credentials(2));
		expect(listed.map(({ recipient_id }) => recipient_id)).toEqual([learnerId(1), learnerId(2)]);
	});

	it('members without a value may be null', async () => {
		sandbox().learncoin.settings.absentFields = 'null';
		expect((await createBatch(sandbox())).data).toMatchObject({
			anchored_at: null,
			merkle_root: null,
			anchor_transaction: null,
			credentials: null,
			error: null,
		});
	});
});

it('answers 404 for a batch that is not there', async () => {
	expectRefusal(await get('bat_00000000000000000000000000'), 404, 'batch_not_found');
});

describe('listing', () => {
	const list = async (params: Record<string, unknown> = {}) => await call(sandbox(), 'GET', '/batches', { params });
	type Page = { data: Array<{ id: string; status: string }>; has_more: boolean; next_cursor?: string | null };

	it('gives batches newest first, 25 a page, until there are no more', async () => {
		const ids: string[] = [];
		for (let count = 1; count <= 27; count++) ids.unshift(((await createBatch(sandbox())).data as { id: string }).id);
		const first = (await list()).data as Page;
		expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 25));
		expect(first.has_more).toBe(true);
		const second = (await list({ cursor: first.next_cursor })).data as Page;
		expect(second.data.map(({ id }) => id)).toEqual(ids.slice(25));
		expect(second).toMatchObject({ has_more: false, next_cursor: null });
	});

	it('can be filtered by status', async () => {
		await anchoredBatch(sandbox());
		await createBatch(sandbox());
		expect(((await list({ status: 'anchored' })).data as Page).data).toMatchObject([{ status: 'anchored' }]);
		expect(((await list({ status: 'pending' })).data as Page).data).toMatchObject([{ status: 'pending' }]);
		expectRefusal(await list({ status: 'done' }), 400, 'invalid_field_format', /^status /);
	});

	it('may leave out the credentials of each', async () => {
		await anchoredBatch(sandbox());
		expect(((await list()).data as Page).data[0]).toHaveProperty('credentials');
		sandbox().learncoin.settings.listHasCredentials = false;
		expect(((await list()).data as Page).data[0]).not.toHaveProperty('credentials');
	});
});
