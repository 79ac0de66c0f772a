import { randomUUID } from 'node:crypto';

import { DataDeduplicationService } from 'n8n-core';
import type { DeduplicationItemTypes } from 'n8n-workflow';

import { forgetHistories } from '../../../../lib/learncoin/issued/histories';
import { LearnCoinBatch } from '../../../../nodes/LearnCoin/Batch/LearnCoinBatch.node';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearner, badgeLearners, createBadges, fastAnchor, recipientId, tenantCredential } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

/** As n8n's own: one list for each node, read and written as a whole, with a pause in which others may come between. */
type Store = Set<DeduplicationItemTypes>;
const stores = new Map<string, Store>();
const storeFor = (node: string): Store => {
	const store = stores.get(node) ?? new Set();
	stores.set(node, store);
	return store;
};
const pause = async () => await new Promise((resolve) => setTimeout(resolve, 2));
/** What the store throws instead, and how often. */
let storeFailure: { error: Error; times: number } | undefined;
const fail = () => {
	if (storeFailure && storeFailure.times-- > 0) throw storeFailure.error;
};

let sandbox: Sandbox;
beforeAll(async () => {
	await DataDeduplicationService.init({
		checkProcessedAndRecord: async (items, _scope, { node }) => {
			fail();
			const store = storeFor(node!.id);
			const before = new Set(store);
			await pause();
			store.clear();
			for (const item of [...before, ...items]) store.add(item);
			return { new: items.filter((item) => !before.has(item)), processed: items.filter((item) => before.has(item)) };
		},
		removeProcessed: async (items, _scope, { node }) => {
			const store = storeFor(node!.id);
			const before = new Set(store);
			await pause();
			store.clear();
			for (const item of before) if (!items.includes(item)) store.add(item);
		},
		clearAllProcessedItems: async (_scope, { node }) => storeFor(node!.id).clear(),
		getProcessedDataCount: async (_scope, { node }) => storeFor(node!.id).size,
	});
	sandbox = await startSandbox({ learncoin: { signedAfterMs: 50, anchoredAfterMs: 150 } });
});
afterAll(() => sandbox.stop());
beforeEach(() => {
	stores.clear();
	forgetHistories();
	sandbox.reset();
	storeFailure = undefined;
});
afterEach(() => Object.assign(sandbox.learncoin.settings, { failBatches: false, anchoredAfterMs: 150 }));

const ledger = { avoidDuplicates: 'ledger' };
/** Claims are looked at a while after a batch, and made again where they are gone: what counts its own has a node that no test before had. */
const newNode = () => {
	const id = randomUUID();
	return { node: { id }, claims: () => storeFor(id).size };
};
const issuedTo = () => sandbox.learncoin.credentials().map(({ recipientId: id }) => id);

describe('with a ledger, a learner gets an achievement once', () => {
	it('leaves out whom an earlier run issued to, and issues to those who were added', async () => {
		await createBadges(sandbox, badgeLearners(2), ledger);
		const { items } = await createBadges(sandbox, badgeLearners(3), ledger);
		expect(items.map(({ json }) => json.outcome)).toEqual(['alreadyIssued', 'alreadyIssued', 'submitted']);
		expect(items[0]?.json).toMatchObject({ recipient_id: recipientId(1), recipientName: 'Learner 1' });
		expect(issuedTo()).toEqual([recipientId(1), recipientId(2), recipientId(3)]);
	});

	it('is what happens unless something else is chosen', () => {
		const { default: usual } = new LearnCoinBatch().description.properties.find(({ name }) => name === 'avoidDuplicates')!;
		expect(usual).toBe('ledger');
	});

	it('sends nothing when all are known, and gives each credential with its link', async () => {
		await createBadges(sandbox, badgeLearners(2), ledger);
		sandbox.traffic.clear();
		const { items } = await createBadges(sandbox, badgeLearners(2), { ...ledger, ...fastAnchor });
		expect(sandbox.traffic.requests().filter(({ method }) => method === 'POST')).toEqual([]);
		expect(items.map(({ json }) => [json.outcome, json.id, json.batch_id])).toEqual(
			sandbox.learncoin.credentials().map(({ id, batchId }) => ['alreadyIssued', id, batchId]),
		);
		expect(Object.keys(items[0]!.json).slice(0, 3)).toEqual(['recipient_id', 'recipientName', 'outcome']);
	});

	it('without waiting, names the batch in which it is on its way', async () => {
		await createBadges(sandbox, badgeLearners(2), ledger);
		const { items } = await createBadges(sandbox, badgeLearners(2), ledger);
		const [batch] = sandbox.learncoin.batches();
		expect(items[1]!.json).toMatchObject({ outcome: 'alreadyIssued', batch_id: batch!.id });
		expect(items[1]!.json.note).toBe(`This was sent before, in ${batch!.id}, which is not anchored yet; nothing new was sent.`);
	});

	it('gives batches as items, and those who were left out as items of their own', async () => {
		await createBadges(sandbox, badgeLearners(2), ledger);
		const { items } = await createBadges(sandbox, badgeLearners(4), { ...ledger, output: 'batches' });
		expect(items.map(({ json }) => [json.outcome, json.recipientName ?? json.credentials_count])).toEqual([
			['alreadyIssued', 'Learner 1'],
			['alreadyIssued', 'Learner 2'],
			['submitted', 2],
		]);
	});

	it('counts another achievement, and another environment, as another', async () => {
		await createBadges(sandbox, badgeLearners(1), ledger);
		const other = await createBadges(sandbox, [{ ...badgeLearner(1), course: 'Cooking' }], ledger);
		const live = await createBadges(sandbox, badgeLearners(1), ledger, {
			credential: { ...tenantCredential(sandbox), apiKey: sandbox.learncoin.liveApiKey },
		});
		expect([other, live].map(({ items }) => items[0]?.json.outcome)).toEqual(['submitted', 'submitted']);
	});

	it('the same learner twice in one run is issued to once', async () => {
		const { items } = await createBadges(sandbox, [badgeLearner(1), badgeLearner(2), badgeLearner(1)], ledger);
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted', 'alreadyIssued']);
		expect(issuedTo()).toEqual([recipientId(1), recipientId(2)]);
	});

	it('keeps every claim, though many executions make theirs at the same time', async () => {
		const { claims, node } = newNode();
		const settings = { node };
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		const lists = [1, 6, 11, 16].map((first) => [0, 1, 2, 3, 4].map((more) => badgeLearner(first + more)));
		await Promise.all(lists.map(async (list) => await createBadges(sandbox, list, { ...ledger, batchSize: 2 }, settings)));
		expect(claims()).toBe(20);
	});

	it('drops claims once LearnCoin tells who is in their batch', async () => {
		const { claims, node } = newNode();
		const settings = { node };
		await createBadges(sandbox, badgeLearners(3), { ...ledger, ...fastAnchor }, settings);
		expect(claims()).toBe(3);
		await createBadges(sandbox, [badgeLearner(9)], ledger, settings);
		expect(claims()).toBe(1);
	});

	it('trusts no store that is full: who is in an open batch is waited for', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 5_000;
		const { node } = newNode();
		await createBadges(sandbox, badgeLearners(2), ledger, { node });
		forgetHistories();
		const store = storeFor(node.id);
		for (let filler = store.size; filler < 50_000; filler++) store.add(`filler ${filler}`);
		const quickly = { ...ledger, options: { pollInterval: 0.1 } };
		const { items } = await createBadges(sandbox, [badgeLearner(8), badgeLearner(9)], quickly, { node });
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
		expect(sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.getBatch').length).toBeGreaterThan(0);
	}, 30_000);

	it('executions at the same moment issue once, whoever is in both', async () => {
		const runs = await Promise.all(
			[
				[1, 2, 3],
				[3, 4, 2],
				[4, 5, 1],
			].map(async (list) => await createBadges(sandbox, list.map(badgeLearner), ledger)),
		);
		expect(issuedTo().sort()).toEqual([1, 2, 3, 4, 5].map(recipientId));
		for (const { items } of runs)
			expect(items.map(({ json }) => json.outcome).filter((outcome) => !/submitted|alreadyIssued/.test(String(outcome)))).toEqual([]);
	});
});

describe('the ledger is true', () => {
	it('takes back the claims of whom LearnCoin refused, and of whom nothing was sent for', async () => {
		const { claims, node } = newNode();
		const settings = { node: { ...continueOnFail.node, ...node } };
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 403 } });
		const first = await createBadges(sandbox, badgeLearners(2), ledger, settings);
		expect(first.items[0]?.json.error).toMatch(/^Issuing to Learner 1 did not work/);
		const credential = { ...tenantCredential(sandbox), baseUrl: 'http://127.0.0.1:9/v1' };
		await createBadges(sandbox, badgeLearners(2), { ...ledger, options: { maxRetries: 0 } }, { ...settings, credential });
		expect(claims()).toBe(0);
		const second = await createBadges(sandbox, badgeLearners(2), ledger, settings);
		expect(second.items.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
	});

	it('who has it already is told so, though the rest of the batch fails', async () => {
		await createBadges(sandbox, badgeLearners(2), ledger);
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 403 } });
		const { items, hints } = await createBadges(sandbox, badgeLearners(3), ledger, continueOnFail);
		expect(items.map(({ json }) => [json.recipientName, json.outcome])).toEqual([
			['Learner 1', 'alreadyIssued'],
			['Learner 2', 'alreadyIssued'],
			['Learner 3', 'failed'],
		]);
		expect(hints).toEqual(['2 of 3 sent or issued before, 1 to look at (see “error” and what stands beside it).']);
	});

	it('after an answer that was lost, a new process asks LearnCoin who got it, and gives the links', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
		await createBadges(sandbox, badgeLearners(2), { ...ledger, options: { maxRetries: 0 } }, continueOnFail);
		forgetHistories();
		const { items } = await createBadges(sandbox, badgeLearners(3), { ...ledger, options: { pollInterval: 0.1 } });
		expect(items.map(({ json }) => json.outcome)).toEqual(['alreadyIssued', 'alreadyIssued', 'submitted']);
		expect(items[0]!.json).toMatchObject({
			id: sandbox.learncoin.credentials()[0]!.id,
			verify_url: expect.stringContaining('/c/crd_') as unknown,
		});
	});

	it('says of whom LearnCoin does not tell yet that nothing was sent, and what to do', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
		await createBadges(sandbox, badgeLearners(2), { ...ledger, options: { maxRetries: 0 } }, continueOnFail);
		forgetHistories();
		const briefly = { ...ledger, options: { waitTimeout: 0.2, pollInterval: 0.1 } };
		const { items } = await createBadges(sandbox, badgeLearners(2), briefly, continueOnFail);
		expect(items[0]!.json).toMatchObject({
			recipientName: 'Learner 1',
			outcome: 'failed',
			error: expect.stringMatching(/^Issuing to Learner 1 did not work: LearnCoin does not tell yet whether/) as unknown,
			details: { retryable: true, hint: expect.stringMatching('Nothing was sent for this learner.') as unknown },
		});
		expect(sandbox.learncoin.batches()).toHaveLength(1);
	});

	it('a batch that is given up is not issued, and the next run sends it anew', async () => {
		sandbox.learncoin.settings.failBatches = true;
		const { items } = await createBadges(sandbox, [...badgeLearners(2), badgeLearner(1)], { ...ledger, ...fastAnchor });
		sandbox.learncoin.settings.failBatches = false;
		expect(items.map(({ json }) => json.outcome)).toEqual(['failed', 'failed', 'failed']);
		expect(items[0]!.json.note).toMatch(/given up, so nothing of it is anchored\. LearnCoin says: .*\. Run it again: it is sent anew\.$/);
		const again = await createBadges(sandbox, badgeLearners(2), { ...ledger, ...fastAnchor });
		expect(again.items.map(({ json }) => json.outcome)).toEqual(['anchored', 'anchored']);
	});

	it.each([
		['another process makes its first entry', 1, new Error('UNIQUE constraint failed: processed_data')],
		['the workflow was never saved', 99, new Error('The expression evaluated to a falsy value: assert.ok(contextData.workflow.id)')],
	])('works when %s', async (_, times, error) => {
		storeFailure = { error, times };
		const { items, error: failure } = await createBadges(sandbox, badgeLearners(2), ledger);
		expect(failure).toBeUndefined();
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
	});

	it('an own key that was used for a shorter list hinders nobody who was added', async () => {
		const own = { ...ledger, idempotencyKey: 'course-7' };
		await createBadges(sandbox, badgeLearners(2), own);
		const { items } = await createBadges(sandbox, badgeLearners(3), own);
		expect(items.map(({ json }) => json.outcome)).toEqual(['alreadyIssued', 'alreadyIssued', 'submitted']);
	});

	it('with Retry On Fail, what went through is not asked for again', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', times: 1, fromCall: 2, answer: { kind: 'status', status: 403 } });
		const { items } = await createBadges(
			sandbox,
			badgeLearners(4),
			{ ...ledger, batchSize: 2 },
			{ node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 10 } },
		);
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted', 'submitted', 'submitted']);
		expect(issuedTo()).toHaveLength(4);
	});
});
