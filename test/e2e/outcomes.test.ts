import { randomUUID } from 'node:crypto';

import { learnCoinCredentialType, saveN8nCredentials } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { itemsOf, itemsOfAllOutputs, type Execution } from '../../n8n/rest/execution';
import { mocaIssueNode, smallWorkflow, type SmallNode } from '../../n8n/rest/smallWorkflow';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const started = useDemo();
let demo: Demo;
let credentialIds: Record<string, string>;
/** Another one for each test, so that LearnCoin's learners are others: a running n8n knows whom it issued to, and the sandbox forgets. */
let recipientNamespace = '';

beforeAll(async () => {
	demo = started();
	credentialIds = await saveN8nCredentials(demo.n8n.rest, demo.sandbox);
});

beforeEach(() => {
	recipientNamespace = `a long text that nobody can guess ${randomUUID()}`;
	demo.sandbox.reset();
	Object.assign(demo.sandbox.learncoin.settings, { signedAfterMs: 50, anchoredAfterMs: 150 });
});

/** Five rows as a learning platform gives them; Ben's and Dana's can be issued. */
const rows = [
	{ number: '', name: 'Amara', email: 'amara(at)example.com', completedOn: '2026-06-30' },
	{ number: 'A-2', name: 'Ben', email: 'ben@example.com', completedOn: '2026-06-30' },
	{ number: 'A-3', name: 'Cleo', email: 'cleo', completedOn: '31.06.2026' },
	{ number: 'A-4', name: 'Dana', email: 'dana@example.com', completedOn: '2026-07-01' },
	{ number: '', name: 'Emre', email: '', completedOn: '2026-07-01' },
];

const list: SmallNode = {
	name: 'Learners',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));` },
};

const mocaIssue = () =>
	mocaIssueNode({
		recipientEmail: '={{ $json.email }}',
		program: { __rl: true, mode: 'id', value: 'c28r52j0n15ws0042087Uc' },
		subjectMode: 'json',
		subjectJson: '{}',
	});

const learnCoinBatch = (): SmallNode => ({
	name: 'LearnCoin Batch',
	type: 'n8n-nodes-moca-learncoin.learnCoinBatch',
	parameters: {
		operation: 'create',
		recipientIdMode: 'derive',
		recipientReference: '={{ $json.number }}',
		recipientNamespace,
		recipientName: '={{ $json.name }}',
		achievementName: 'First Aid',
		achievementDescription: 'Knows what to do until help comes.',
		issuanceDate: '={{ $json.completedOn }}',
		waitForAnchor: true,
		options: { pollInterval: 0.2 },
	},
	credentials: { [learnCoinCredentialType]: { id: '', name: '' } },
});

async function run(node: SmallNode): Promise<Execution> {
	const { rest } = demo.n8n;
	const id = await rest.importWorkflow(smallWorkflow(node.name, list, node), credentialIds);
	return rest.waitForExecution(await rest.runWorkflow(id), minute);
}

/** What left by the error branch, as a node behind it gets it. */
function errorItemsOf(execution: Execution, nodeName: string) {
	const first = itemsOf(execution, nodeName).length;
	return itemsOfAllOutputs(execution, nodeName).slice(first);
}

describe.each([
	{
		name: 'Moca Issue',
		node: mocaIssue,
		done: 'issued',
		holders: () => demo.sandbox.moca.issued().map(({ recipientEmail }) => recipientEmail.split('@')[0]),
	},
	{
		name: 'LearnCoin Batch',
		node: learnCoinBatch,
		done: 'anchored',
		holders: () => demo.sandbox.learncoin.credentials().map(({ recipientName }) => recipientName),
	},
])('$name, with five learners of whom three are faulty', ({ name, node, done, holders }) => {
	const issuedTo = () =>
		holders()
			.map((holder) => holder?.toLowerCase())
			.sort();

	test('on the error branch are those three with the reason, and nobody else', async () => {
		const execution = await run({ ...node(), onError: 'continueErrorOutput' });
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, name).map(({ json }) => json.outcome)).toEqual([done, done]);
		expect(errorItemsOf(execution, name).map(({ json }) => [json.name, typeof json.error, typeof json.message])).toEqual([
			['Amara', 'string', 'string'],
			['Cleo', 'string', 'string'],
			['Emre', 'string', 'string'],
		]);
		expect(issuedTo()).toEqual(['ben', 'dana']);
	});

	test('with Continue each has an outcome of their own, in the order of the list, and once more issues nothing', async () => {
		const first = itemsOf(await run({ ...node(), onError: 'continueRegularOutput' }), name).map(({ json }) => json);
		expect(first.map(({ outcome }) => outcome)).toEqual(['failed', done, 'failed', done, 'failed']);
		expect(first.filter(({ error, details }) => typeof error === 'string' && typeof details === 'object')).toHaveLength(3);
		await run({ ...node(), onError: 'continueRegularOutput' });
		expect(issuedTo()).toEqual(['ben', 'dana']);
	});

	test('with Stop nothing is sent, and one message tells of all three', async () => {
		const execution = await run(node());
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('(and 2 more of 5 items)');
		expect(issuedTo()).toEqual([]);
	});
});
