import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { LearnCoinBatch } from '../../../../nodes/LearnCoin/Batch/LearnCoinBatch.node';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearners, byId, createBadges, fullResponse, runLearnCoin, tenantCredential } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 50, anchoredAfterMs: 300 } })));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const look = (parameters: object) => runLearnCoin(sandbox, 'learnCoinBatch', { ...parameters });

describe('Get and Wait', () => {
	it('Get looks once, and gives the batch as it is now', async () => {
		await createBadges(sandbox, badgeLearners(2));
		const id = sandbox.learncoin.batches()[0]!.id;
		const { items } = await look({ operation: 'get', batch: byId(id) });
		expect(items[0]?.json).toMatchObject({
			id,
			status: expect.stringMatching(/^(pending|signed)$/) as unknown,
			credentials_count: 2,
			outcome: 'pending',
		});
	});

	it('Wait looks until the batch is anchored, and gives its credentials', async () => {
		await createBadges(sandbox, badgeLearners(2));
		const id = sandbox.learncoin.batches()[0]!.id;
		const { items } = await look({ operation: 'wait', batch: byId(id), options: { pollInterval: 0.1 } });
		expect(items[0]?.json).toMatchObject({ id, outcome: 'anchored', credentials: expect.any(Array) as unknown });
	});

	it('explains an ID that LearnCoin does not know, and one that is no batch’s', async () => {
		const unknown = await runLearnCoin(
			sandbox,
			'learnCoinBatch',
			{ operation: 'get', batch: byId('bat_01HXYZABCDEF1234567890ABCD') },
			continueOnFail,
		);
		expect(unknown.items[0]?.json.error).toMatch(/^Looking up bat_01HXYZABCDEF1234567890ABCD did not work: LearnCoin knows no such thing/);
		const other = await runLearnCoin(
			sandbox,
			'learnCoinBatch',
			{ operation: 'get', batch: byId('={{ "crd_01HXYZABCDEF1234567890ABCD" }}') },
			continueOnFail,
		);
		expect(other.items[0]?.json.error).toBe('“crd_01HXYZABCDEF1234567890ABCD” is not a batch ID');
	});
});

describe('Get Many', () => {
	const createMany = async () => await createBadges(sandbox, badgeLearners(130), { batchSize: 1 });

	it('gives all pages, newest first', async () => {
		await createMany();
		const { items } = await look({ operation: 'getMany', returnAll: true, status: '' });
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(130);
		expect(sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.listBatches')).toHaveLength(2);
	});

	it('gives no more than the limit', async () => {
		await createMany();
		const { items } = await look({ operation: 'getMany', returnAll: false, limit: 103, status: '' });
		expect(items).toHaveLength(103);
	});

	it('gives those with a status only; none is no failure', async () => {
		Object.assign(sandbox.learncoin.settings, { signedAfterMs: 3_600_000, anchoredAfterMs: 3_600_000 });
		await createBadges(sandbox, badgeLearners(1));
		const failed = await look({ operation: 'getMany', returnAll: true, status: 'failed' });
		expect([failed.items, failed.error]).toEqual([[], undefined]);
		const pending = await look({ operation: 'getMany', returnAll: true, status: 'pending' });
		Object.assign(sandbox.learncoin.settings, { signedAfterMs: 50, anchoredAfterMs: 300 });
		expect(pending.items).toHaveLength(1);
	});
});

describe('the list to choose a batch from', () => {
	const { searchBatches } = new LearnCoinBatch().methods.listSearch;
	const context = () =>
		({
			getCredentials: async () => tenantCredential(sandbox),
			helpers: {
				httpRequestWithAuthentication: async (_type: string, { url, qs }: { url: string; qs?: Record<string, string> }) => {
					return await fullResponse(
						await fetch(`${url}?${new URLSearchParams(qs).toString()}`, {
							headers: { authorization: `Bearer ${sandbox.learncoin.apiKey}` },
						}),
					);
				},
			},
		}) as unknown as ILoadOptionsFunctions;

	it('goes on page by page, and tells date, size and state', async () => {
		await createBadges(sandbox, badgeLearners(60), { batchSize: 1 });
		const first = await searchBatches.call(context());
		expect(first.results).toHaveLength(50);
		expect(first.results[0]?.name).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC, 1 credential, (pending|signed|anchored)$/);
		const second = await searchBatches.call(context(), undefined, first.paginationToken as string);
		expect(second.results).toHaveLength(10);
		expect(second.paginationToken).toBeUndefined();
	});

	it('searches all pages', async () => {
		await createBadges(sandbox, badgeLearners(60), { batchSize: 1 });
		const oldest = sandbox.learncoin.batches()[0]!.id;
		expect((await searchBatches.call(context(), oldest)).results.map(({ value }) => value)).toEqual([oldest]);
	});
});
