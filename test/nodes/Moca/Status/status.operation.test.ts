import { setTimeout as sleep } from 'node:timers/promises';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { continueOnFail, issue, learners, status } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { onChainAfterPolls: 3, finalStatus: 'ONCHAIN' });
});

const issued = async (count: number) =>
	(await issue(sandbox, learners(count))).items.map(({ json }) => ({ email: json.recipientEmail!, hash: json.coreClaimHash! }));
const polls = () => sandbox.traffic.requests().filter(({ route }) => route === 'moca.status').length;
const waits = { operation: 'wait', options: { pollInterval: 0.1, waitTimeout: 30 } };

it('Get looks once, and gives the API’s fields with the outcome', async () => {
	const { items } = await status(sandbox, await issued(2));
	expect(items[1]).toMatchObject({
		json: { outcome: 'pending', vcStatus: 'WAIT_ONCHAIN', recipientEmail: 'learner2@example.com', vcId: expect.any(String) },
		pairedItem: { item: 1 },
	});
	expect(polls()).toBe(2);
});

it('Wait looks until the credential is on-chain', async () => {
	const { items } = await status(sandbox, await issued(3), waits);
	expect(items.map(({ json }) => json.outcome)).toEqual(['onChain', 'onChain', 'onChain']);
	expect(polls()).toBe(9);
});

it('Wait gives pending when the time is up', async () => {
	sandbox.moca.settings.onChainAfterPolls = 1000;
	const { items } = await status(sandbox, await issued(1), { operation: 'wait', options: { pollInterval: 0.1, waitTimeout: 0.3 } });
	expect(items[0]!.json).toMatchObject({ outcome: 'pending', vcStatus: 'WAIT_ONCHAIN' });
});

it('an undocumented state comes out as unknown, with the word that Moca used', async () => {
	Object.assign(sandbox.moca.settings, { onChainAfterPolls: 1, finalStatus: 'EXPIRE' });
	const { items } = await status(sandbox, await issued(1), waits);
	expect(items[0]!.json).toMatchObject({ outcome: 'unknown', vcStatus: 'EXPIRE' });
});

it('a hash that Moca does not know is that item’s own message; the others come out', async () => {
	const [good] = await issued(1);
	const { items } = await status(sandbox, [{ email: 'a@example.com', hash: 'f'.repeat(64) }, good!], {}, continueOnFail);
	expect(items[0]!.json).toMatchObject({
		error: expect.stringMatching(/a@example.com.*knows no credential with this claim hash/),
		details: { httpStatus: 404, retryable: false },
	});
	expect(items[1]!.json.outcome).toBe('pending');
});

it.each([
	['', 'There is no claim hash'],
	['not a hash', 'is not a claim hash'],
])('the hash %p is refused before anything is sent', async (hash, message) => {
	const { items } = await status(sandbox, [{ email: 'a@example.com', hash }], {}, continueOnFail);
	expect(items[0]!.json.error).toMatch(message);
	expect(polls()).toBe(0);
});

it('an answer without vcStatus is told, not taken for a state', async () => {
	const input = await issued(1);
	sandbox.faults.add({ route: 'moca.status', answer: { kind: 'body', status: 200, body: { vcId: 'x' } } });
	const { items } = await status(sandbox, input, {}, continueOnFail);
	expect(items[0]!.json.error).toMatch(/has no vcStatus/);
});

it('polls no more once the execution is cancelled', async () => {
	sandbox.moca.settings.onChainAfterPolls = 1000;
	const input = await issued(10);
	const waiting = { operation: 'wait', options: { pollInterval: 0.1, waitTimeout: 60 } };
	await status(sandbox, input, waiting, { cancelOnce: () => polls() > 0 });
	await sleep(500); // what is on its way arrives
	const before = polls();
	await sleep(1000);
	expect(polls()).toBe(before);
});
