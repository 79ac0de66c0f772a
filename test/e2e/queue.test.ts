import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { learnCoinCredentialData, learnCoinCredentialType } from '../../n8n/demo/n8nCredentials';
import { newCompletions, sendInCalls, startQueueDemo, type Completion, type QueueDemo } from '../../n8n/demo/queue/startQueueDemo';
import { sharesOf } from '../../n8n/demo/queue/whoDidWhat';
import { askUntil } from '../../n8n/processes/askUntil';
import { batchNode } from '../../scripts/faults/operations/learnCoinBatch';
import { publish } from '../../scripts/faults/published';
import { useRunning } from '../support/useDemo';

const minute = 60_000;

const started = useRunning(({ folder, tarball }) => {
	// n8n takes a worker for dead after this long without a word, which otherwise is a minute.
	const env = { QUEUE_WORKER_LOCK_DURATION: '20000', QUEUE_WORKER_STALLED_INTERVAL: '5000' };
	return startQueueDemo({ folder, tarball, workers: 2, env });
});
let demo: QueueDemo;

beforeAll(() => void (demo = started()));

beforeEach(() => {
	demo.sandbox.reset();
	demo.sandbox.setLatency(0);
});

const someLearners = (count: number): Completion[] => {
	const group = randomUUID().slice(0, 8);
	return newCompletions(count).map((learner) => ({ ...learner, email: `${group}-${learner.email}` }));
};

const emails = (learners: readonly Completion[]) => learners.map(({ email }) => email).sort();
const holders = () =>
	demo.sandbox.moca
		.issued()
		.map(({ recipientEmail }) => recipientEmail)
		.sort();
const until = async (condition: () => boolean | Promise<boolean>, timeoutMs = 30_000) =>
	expect(await askUntil(async () => await condition(), Boolean, { everyMs: 100, timeoutMs })).toBe(true);
const noCallIsOpen = async () => (await demo.openCalls()).length === 0;
const running = async () => (await demo.queue.main.rest.executions(demo.intakeId)).filter(({ status }) => status === 'running');

test('learners who come in by many calls are issued to once each, by both workers, and written down', async () => {
	const learners = someLearners(120);
	await sendInCalls(demo, learners, 6);
	await until(noCallIsOpen);
	expect(holders()).toEqual(emails(learners));
	const rows = await demo.credentials();
	expect(rows.map(({ email }) => String(email)).sort()).toEqual(emails(learners));
	expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['issued']));
	const shares = await sharesOf(demo.queue.workers, rows);
	for (const { learners: count } of shares) expect(count).toBeGreaterThan(0);
	expect(shares.reduce((sum, share) => sum + share.learners, 0)).toBe(learners.length);
});

test('a learner who can’t be issued to is written down with what to fix, and the call is done', async () => {
	const [learner] = someLearners(1);
	await demo.send([{ ...learner!, email: 'no address' }]);
	await until(noCallIsOpen);
	expect((await demo.credentials()).at(-1)).toMatchObject({
		email: 'no address',
		outcome: 'failed',
		whatToFix: expect.stringContaining('is not an email address') as string,
	});
	expect(holders()).toEqual([]);
});

test('a call without learners is answered with what is wrong, and not kept', async () => {
	const headers = { 'X-From-My-LMS': 'a header that only the LMS knows' };
	const ask = (body: object) =>
		axios.post(`${demo.queue.webhookUrl}/webhook/learners`, body, { headers, proxy: false, validateStatus: () => true });
	for (const body of [{}, { learners: [] }, { learners: 'Ada' }, { learners: ['Ada'] }]) {
		const { status, data } = await ask(body);
		expect([status, data]).toEqual([422, { kept: 0, reason: expect.stringContaining('"learners"') as string }]);
	}
	expect(await demo.openCalls()).toEqual([]);
});

test(
	'a worker killed in the middle leaves its calls behind; taken up, every learner has exactly one credential',
	async () => {
		const [killed] = demo.queue.workers;
		const learners = someLearners(200);
		demo.sandbox.setLatency(300);
		const sent = sendInCalls(demo, learners, 10);
		await until(() => holders().length > 40);
		await killed!.kill();
		await sent;
		await until(async () => (await running()).length === 0, 2 * minute);
		const leftBehind = await demo.openCalls();
		expect(leftBehind.length).toBeGreaterThan(0);
		const statuses = await Promise.all(
			leftBehind.map(async ({ execution }) => (await demo.queue.main.rest.execution(String(execution))).status),
		);
		expect(new Set(statuses)).toEqual(new Set(['error']));

		await demo.recover();
		expect(await demo.openCalls()).toEqual(leftBehind); // younger than a minute: their executions may not be listed as running yet
		await sleep(minute);
		await demo.recover();
		expect(await demo.openCalls()).toEqual([]);
		expect(holders()).toEqual(emails(learners));
		await killed!.restart();
	},
	5 * minute,
);

test(
	'while Moca is away the calls stay, and are done later, once',
	async () => {
		const learners = someLearners(4);
		demo.sandbox.faults.add({ route: 'moca.issue', times: 100, answer: { kind: 'status', status: 503 } });
		await demo.send(learners);
		await until(async () => (await running()).length === 0, minute);
		expect(await demo.openCalls()).toHaveLength(1);
		demo.sandbox.faults.clear();
		await sleep(minute);
		await demo.recover();
		expect(await demo.openCalls()).toEqual([]);
		expect(holders()).toEqual(emails(learners));
	},
	3 * minute,
);

test('LearnCoin’s deliveries come in by the webhook process, and start one execution each on a worker', async () => {
	const { main, webhookUrl } = demo.queue;
	const { learncoin } = demo.sandbox;
	const credentialId = await main.rest.saveCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(demo.sandbox));
	const node = (id: string, name: string, type: string, parameters: object) => ({
		id,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
	});
	const trigger = {
		...node('a4f7e8a2-6a1e-4f0e-8a7b-0d4f8b1c2d3e', 'LearnCoin Trigger', 'n8n-nodes-moca-learncoin.learnCoinTrigger', {
			events: ['batch.anchored'],
		}),
		credentials: { [learnCoinCredentialType]: { id: '', name: '' } },
	};
	const workflowId = await main.rest.importWorkflow(
		{
			name: 'Trigger',
			nodes: [trigger, node('b', 'Done', 'n8n-nodes-base.noOp', {})] as never,
			connections: { 'LearnCoin Trigger': { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
		},
		{ [learnCoinCredentialType]: credentialId },
	);
	await main.rest.publish(workflowId);
	expect(learncoin.webhooks().map(({ url }) => url)).toEqual([expect.stringContaining(`${webhookUrl}/webhook/`)]);

	const { apiBaseUrl, apiKey } = learncoin;
	const credentials = someLearners(1).map(({ course }) => ({
		recipient: { id: `urn:uuid:${randomUUID()}`, name: 'Amara Okafor' },
		achievement: { name: course, description: 'Knows what to do until help comes.' },
		issuanceDate: '2026-06-30T00:00:00Z',
	}));
	await axios.post(`${apiBaseUrl}/batches`, { credentials }, { headers: { authorization: `Bearer ${apiKey}` }, proxy: false });
	const started = () => main.rest.executions(workflowId);
	await until(async () => (await started()).some(({ status }) => status === 'success'));
	const delivery = learncoin.deliveries().find(({ type }) => type === 'batch.anchored')!;
	const { attempts } = await learncoin.redeliver(delivery.id);
	expect(attempts.at(-1)).toMatchObject({ status: 200, answer: '{"message":"This event came before."}' });
	const forged = await learncoin.deliverRaw(learncoin.webhooks()[0]!.id, { body: delivery.body, headers: {} });
	expect(forged.status).toBe(401);
	await sleep(750);
	expect(await started()).toHaveLength(1);
	await main.rest.unpublish(workflowId);
});

test('the same LearnCoin list on both workers at once is issued once, with Avoid Duplicates: For Good', async () => {
	const { main, webhookUrl } = demo.queue;
	Object.assign(demo.sandbox.learncoin.settings, { signedAfterMs: 100, anchoredAfterMs: 300 });
	const credentialId = await main.rest.saveCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(demo.sandbox));
	const list = Array.from({ length: 12 }, (_, index) => ({
		id: `urn:uuid:${randomUUID()}`,
		name: `Learner ${index}`,
		how: { daysLater: 0, batchSize: 5 },
	}));
	const workflow = await publish<(typeof list)[number]>(
		{ ...main, url: webhookUrl },
		{ [learnCoinCredentialType]: credentialId },
		`ledger-${randomUUID()}`,
		{ tried: { ...batchNode({ avoidDuplicates: 'ledger' }), onError: 'continueRegularOutput' } },
	);
	await Promise.all([workflow.execute(list), workflow.execute(list), workflow.execute(list)]);
	const issuedTo = demo.sandbox.learncoin.credentials().map(({ recipientId }) => recipientId);
	expect(issuedTo.sort()).toEqual(list.map(({ id }) => id).sort());
	for (const { answers } of await workflow.runs())
		expect(new Set(answers.map(({ json }) => (json as { outcome?: unknown }).outcome))).toEqual(
			new Set([expect.stringMatching(/^(anchored|alreadyIssued)$/)]),
		);
});
