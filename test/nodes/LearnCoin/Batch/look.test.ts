import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { LearnCoinBatch } from '../../../../nodes/LearnCoin/Batch/LearnCoinBatch.node';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import {
	anchoredBadges,
	badgeLearners,
	byId,
	createBadges,
	fastAnchor,
	fullResponse,
	runLearnCoin,
	tenantCredential,
} from '../../../support/learncoin';
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

describe('Output: One Item for Each Credential', () => {
	const asCredentials = { output: 'credentials' };
	const detailCalls = () => sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.getBatch');

	it('gives each of the batch’s credentials, beginning with whose it is, what became of it and its link', async () => {
		const [badge] = await anchoredBadges(sandbox, 2);
		for (const operation of ['get', 'wait']) {
			const { items } = await look({ ...asCredentials, operation, batch: byId(String(badge?.batch_id)) });
			expect(items).toHaveLength(2);
			expect(Object.keys(items[0]!.json).slice(0, 5)).toEqual(['recipient_id', 'outcome', 'verify_url', 'id', 'batch_id']);
			expect(items.map(({ json }) => json)).toContainEqual(
				expect.objectContaining({ recipient_id: badge?.recipient_id, outcome: 'anchored', verify_url: badge?.verify_url, id: badge?.id }),
			);
		}
	});

	it('lists the credentials of many batches, and looks up those alone that the list leaves out', async () => {
		await createBadges(sandbox, badgeLearners(3), { ...fastAnchor, batchSize: 1 });
		sandbox.traffic.clear();
		const list = { ...asCredentials, operation: 'getMany', returnAll: true, status: '' };
		const told = await look(list);
		expect(told.items.map(({ json }) => json.recipient_id).sort()).toEqual(badgeLearners(3).map(({ urn }) => urn));
		expect(detailCalls()).toEqual([]);

		sandbox.learncoin.settings.listHasCredentials = false;
		const lookedUp = await look(list);
		sandbox.learncoin.settings.listHasCredentials = true;
		expect(lookedUp.items.map(({ json }) => json)).toEqual(told.items.map(({ json }) => json));
		expect(detailCalls()).toHaveLength(3);
	});

	it('gives no more credentials than the limit, and looks up no more batches than that takes', async () => {
		await createBadges(sandbox, badgeLearners(9), { ...fastAnchor, batchSize: 3 });
		sandbox.traffic.clear();
		sandbox.learncoin.settings.listHasCredentials = false;
		const { items } = await look({ ...asCredentials, operation: 'getMany', returnAll: false, limit: 4, status: '' });
		sandbox.learncoin.settings.listHasCredentials = true;
		expect(items).toHaveLength(4);
		expect(detailCalls()).toHaveLength(2);
	});

	it('says of a batch that LearnCoin lists nobody of, whether it is on its way or was given up', async () => {
		Object.assign(sandbox.learncoin.settings, { anchoredAfterMs: 3_600_000 });
		await createBadges(sandbox, badgeLearners(2));
		Object.assign(sandbox.learncoin.settings, { anchoredAfterMs: 300, failBatches: true });
		await createBadges(sandbox, badgeLearners(1), fastAnchor);
		sandbox.learncoin.settings.failBatches = false;
		const { items } = await look({ ...asCredentials, operation: 'getMany', returnAll: true, status: '' });
		expect(items.map(({ json }) => [json.outcome, json.batch_id, json.note])).toEqual([
			['failed', sandbox.learncoin.batches()[1]?.id, expect.stringContaining('The batch was given up') as string],
			['pending', sandbox.learncoin.batches()[0]?.id, expect.stringContaining('not anchored yet') as string],
		]);
	});
});

test('each batch of Get Many begins with its ID and what became of it', async () => {
	await anchoredBadges(sandbox, 1);
	const { items } = await look({ operation: 'getMany', returnAll: true, status: '' });
	expect(Object.entries(items[0]!.json).slice(0, 2)).toEqual([
		['id', sandbox.learncoin.batches()[0]?.id],
		['outcome', 'anchored'],
	]);
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
