import { startSandbox, type Sandbox } from '../../../sandbox';
import { runLearnCoin } from '../../support/learncoin';
import { continueOnFail, learners, issue } from '../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

describe('an operation that the node does not have', () => {
	it.each(['purge', 'constructor', ''])('%p is an error that names those there are, never another operation', async (operation) => {
		const { error } = await runLearnCoin(sandbox, 'learnCoinCredential', { operation, credentialId: 'crd_1' });
		expect(error?.message).toBe(`This node has no operation “${operation}”`);
		expect(error?.description).toMatch(/^It has erase, get, .*verify\..*Nothing was sent\.$/);
		expect(sandbox.traffic.requests()).toEqual([]);
	});

	it('fails each item for itself with On Error = Continue, so that no input passes for a result', async () => {
		const { items, error } = await runLearnCoin(sandbox, 'learnCoinBatch', { operation: 'purge' }, { input: [{}, {}], ...continueOnFail });
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['This node has no operation “purge”', { item: 0 }],
			['This node has no operation “purge”', { item: 1 }],
		]);
	});
});

it.each([
	['out of range', { concurrency: 100 }],
	['that is no number', { maxRetries: 'many' }],
])('an option %s fails each item for itself with On Error = Continue', async (_, options) => {
	const { items } = await issue(sandbox, learners(3), { options }, continueOnFail);
	expect(items).toHaveLength(3);
	for (const { json } of items) expect(json).toMatchObject({ error: expect.stringMatching('is out of range') as unknown });
	expect(sandbox.traffic.requests()).toEqual([]);
});
