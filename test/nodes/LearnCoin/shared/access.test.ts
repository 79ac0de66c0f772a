import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearners, createBadges, runLearnCoin, tenantCredential } from '../../../support/learncoin';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** An n8n credential whose key is an expression: test for the items with an even number, live for the others. */
const keyByItem = (item: number) => ({
	...tenantCredential(sandbox),
	apiKey: item % 2 === 0 ? sandbox.learncoin.apiKey : sandbox.learncoin.liveApiKey,
});

it('each item is done with the n8n credential as it is for that item', async () => {
	const { items } = await runLearnCoin(sandbox, 'learnCoinTenant', { operation: 'get' }, { input: [{}, {}, {}], credential: keyByItem });
	expect(items.map(({ json }) => json.environment)).toEqual(['test', 'live', 'test']);
});

it('no batch mixes learners whose keys differ: some would be issued with the other key', async () => {
	const { items, error } = await createBadges(sandbox, badgeLearners(4), {}, { credential: keyByItem });
	expect(error).toBeUndefined();
	const issued = sandbox.learncoin.credentials().map(({ recipientId, environment }) => [recipientId, environment]);
	expect(new Map(issued as Array<[string, string]>)).toEqual(
		new Map(badgeLearners(4).map(({ urn }, item) => [urn, item % 2 === 0 ? 'test' : 'live'])),
	);
	expect(new Set(items.map(({ json }) => json.batch_id)).size).toBe(2);
});

it('no batch mixes learners whose services differ', async () => {
	const other = await startSandbox();
	const { error } = await createBadges(
		sandbox,
		badgeLearners(2),
		{},
		{ credential: (item) => ({ ...tenantCredential(item === 0 ? sandbox : other), apiKey: sandbox.learncoin.apiKey }) },
	);
	expect(sandbox.learncoin.credentials()).toHaveLength(1);
	expect(error?.message).toMatch(/Learner 2.*does not know the API key/);
	await other.stop();
});
