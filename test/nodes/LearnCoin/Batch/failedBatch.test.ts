import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearners, createBadges, fastAnchor, runLearnCoin } from '../../../support/learncoin';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ learncoin: { signedAfterMs: 20, anchoredAfterMs: 60 } });
	sandbox.learncoin.settings.failBatches = true;
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const retry = { node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } };
const requests = (route: string) => sandbox.traffic.requests().filter((request) => request.route === route).length;
const oneForEachBatch = { avoidDuplicates: 'none', output: 'batches', ...fastAnchor };

// n8n's engine takes a first item with a key `error` for a failed run.
it('a batch that was given up is no failure of the node: Retry On Fail sends nothing again', async () => {
	const { items, error } = await createBadges(sandbox, badgeLearners(2), oneForEachBatch, retry);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toMatchObject([{ outcome: 'failed', batch_error: sandbox.learncoin.settings.batchError }]);
	expect(items[0]!.json).not.toHaveProperty('error');
	expect(requests('learncoin.createBatch')).toBe(1);
});

it.each([
	['get', 'learncoin.getBatch', (id: string) => ({ batch: { __rl: true, mode: 'id', value: id } })],
	['getMany', 'learncoin.listBatches', () => ({ returnAll: true, status: '' })],
] as Array<[string, string, (id: string) => IDataObject]>)('nor is one that is looked up by %s', async (operation, route, parameters) => {
	const { items } = await createBadges(sandbox, badgeLearners(1), oneForEachBatch);
	const before = requests(route);
	const found = await runLearnCoin(sandbox, 'learnCoinBatch', { operation, ...parameters(items[0]!.json.id as string) }, retry);
	expect(found.items[0]!.json).toMatchObject({ status: 'failed', batch_error: sandbox.learncoin.settings.batchError });
	expect(found.items[0]!.json).not.toHaveProperty('error');
	expect(requests(route)).toBe(before + 1);
});
