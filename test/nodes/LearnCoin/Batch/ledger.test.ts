import { DataDeduplicationService } from 'n8n-core';
import type { DeduplicationItemTypes } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearner, badgeLearners, createBadges, fastAnchor, recipientId, tenantCredential } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

/** As n8n's own: one list for each node, read and written as a whole, with a pause in which others may come between. */
const store = new Set<DeduplicationItemTypes>();
const pause = async () => await new Promise((resolve) => setTimeout(resolve, 2));

let sandbox: Sandbox;
beforeAll(async () => {
	await DataDeduplicationService.init({
		checkProcessedAndRecord: async (items) => {
			const before = new Set(store);
			await pause();
			store.clear();
			for (const item of [...before, ...items]) store.add(item);
			return { new: items.filter((item) => !before.has(item)), processed: items.filter((item) => before.has(item)) };
		},
		removeProcessed: async (items) => {
			const before = new Set(store);
			await pause();
			store.clear();
			for (const item of before) if (!items.includes(item)) store.add(item);
		},
		clearAllProcessedItems: async () => store.clear(),
		getProcessedDataCount: async () => store.size,
	});
	sandbox = await startSandbox({ learncoin: { signedAfterMs: 50, anchoredAfterMs: 150 } });
});
afterAll(() => sandbox.stop());
beforeEach(() => {
	store.clear();
	sandbox.reset();
});

const ledger = { avoidDuplicates: 'ledger' };
const issuedTo = () => sandbox.learncoin.credentials().map(({ recipientId: id }) => id);

describe('with a ledger, a learner gets an achievement once', () => {
	it('leaves out whom an earlier run issued to, and issues to those who were added', async () => {
		await createBadges(sandbox, badgeLearners(2), ledger);
		const { items } = await createBadges(sandbox, badgeLearners(3), ledger);
		expect(items.map(({ json }) => json.outcome)).toEqual(['alreadyIssued', 'alreadyIssued', 'submitted']);
		expect(items[0]?.json).toMatchObject({ recipient_id: recipientId(1), recipientName: 'Learner 1' });
		expect(issuedTo()).toEqual([recipientId(1), recipientId(2), recipientId(3)]);
	});

	it('sends nothing at all when all are known', async () => {
		await createBadges(sandbox, badgeLearners(2), ledger);
		sandbox.traffic.clear();
		await createBadges(sandbox, badgeLearners(2), { ...ledger, ...fastAnchor });
		expect(sandbox.traffic.requests()).toHaveLength(0);
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

	it('keeps every mark, though many batches enter theirs at the same time', async () => {
		await createBadges(sandbox, badgeLearners(20), { ...ledger, batchSize: 2 });
		expect(store.size).toBe(20);
	});
});

describe('the ledger is true', () => {
	it('takes out whom LearnCoin refused', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 403 } });
		const first = await createBadges(sandbox, badgeLearners(2), ledger, continueOnFail);
		expect(first.items[0]?.json.error).toMatch(/^Issuing to Learner 1 did not work/);
		const second = await createBadges(sandbox, badgeLearners(2), ledger);
		expect(second.items.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted']);
	});

	it('takes out whom nothing was sent for, as LearnCoin could not be reached', async () => {
		const credential = { ...tenantCredential(sandbox), baseUrl: 'http://127.0.0.1:9/v1' };
		await createBadges(sandbox, badgeLearners(2), { ...ledger, options: { maxRetries: 0 } }, { ...continueOnFail, credential });
		expect(store.size).toBe(0);
	});

	it('keeps those whose outcome is unknown, and says how to make sure', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
		const { items } = await createBadges(sandbox, badgeLearners(2), { ...ledger, options: { maxRetries: 0 } }, continueOnFail);
		expect(store.size).toBe(2);
		expect(items[0]?.json.details).toMatchObject({ hint: expect.stringMatching('takes its learners for issued') as unknown });
		const sure = await createBadges(sandbox, badgeLearners(2), { avoidDuplicates: 'retries' });
		expect(sure.items[0]?.json.batch_id).toBe(sandbox.learncoin.batches()[0]?.id);
		expect(sandbox.learncoin.batches()).toHaveLength(1);
	});

	it('takes out those of a batch that was given up', async () => {
		sandbox.learncoin.settings.failBatches = true;
		const { items } = await createBadges(sandbox, [...badgeLearners(2), badgeLearner(1)], { ...ledger, ...fastAnchor });
		sandbox.learncoin.settings.failBatches = false;
		expect(items.map(({ json }) => json.outcome)).toEqual(['failed', 'failed', 'failed']);
		expect(store.size).toBe(0);
	});
});
