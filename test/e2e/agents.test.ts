import { randomUUID } from 'node:crypto';

import axios from 'axios';

import { readExample } from '../../n8n/demo/examples';
import { learnCoinCredentialType, mocaCredentialType, saveN8nCredentials } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { askUntil } from '../../n8n/processes/askUntil';
import type { ExecutionSummary } from '../../n8n/rest/execution';
import type { SmallNode } from '../../n8n/rest/smallWorkflow';
import { agentWorkflow, chatModelCredentialType, mcpWorkflow } from '../support/agents/agentWorkflow';
import { startChatModel, type ChatModel } from '../support/agents/chatModel';
import { anchoredCredentialId } from '../support/sandbox/learncoin';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const started = useDemo();
jest.setTimeout(2 * minute);
let demo: Demo;
let model: ChatModel;
let credentialIds: Record<string, string>;

beforeAll(async () => {
	model = await startChatModel();
	demo = started();
	const { rest } = demo.n8n;
	credentialIds = {
		...(await saveN8nCredentials(rest, demo.sandbox)),
		[chatModelCredentialType]: await rest.createCredential(chatModelCredentialType, 'Model', {
			...model.credential,
			header: false,
			allowedHttpRequestDomains: 'all',
		}),
	};
});

afterAll(async () => {
	await model?.stop();
}, minute);

beforeEach(() => {
	demo.sandbox.reset();
	Object.assign(demo.sandbox.learncoin.settings, { signedAfterMs: 50, anchoredAfterMs: 150 });
});

const fromAi = (key: string, type = 'string') => `={{ $fromAI('${key}', '', '${type}') }}`;

const mocaTool = (name: string, parameters: Record<string, unknown> = {}): SmallNode => ({
	name,
	type: 'n8n-nodes-moca-learncoin.mocaIssueTool',
	parameters: {
		recipientEmail: fromAi('email'),
		program: { __rl: true, mode: 'id', value: demo.sandbox.moca.programs[0]!.credentialId },
		subjectMode: 'json',
		subjectJson: `={{ JSON.stringify({ course: $fromAI('course', '', 'string'), score: $fromAI('score', '', 'number') }) }}`,
		...parameters,
	},
	credentials: { [mocaCredentialType]: { id: '', name: '' } },
});

const learnCoinTool = (name: string, node: string, parameters: Record<string, unknown>): SmallNode => ({
	name,
	type: `n8n-nodes-moca-learncoin.learnCoin${node}Tool`,
	parameters: { ...(node === 'Credential' && { credentialId: fromAi('id') }), ...parameters },
	credentials: { [learnCoinCredentialType]: { id: '', name: '' } },
});

const statusTool = (operation: string): SmallNode => ({
	name: `status ${operation}`,
	type: 'n8n-nodes-moca-learncoin.mocaStatusTool',
	parameters: { operation, coreClaimHash: fromAi('hash'), recipientEmail: fromAi('email') },
	credentials: { [mocaCredentialType]: { id: '', name: '' } },
});

/** Runs an agent with these tools, and waits for its end. */
async function runAgent(version: number, ...tools: SmallNode[]): Promise<void> {
	const { rest } = demo.n8n;
	const id = await rest.importWorkflow(agentWorkflow(`Agent ${randomUUID()}`, version, ...tools), credentialIds);
	const execution = await rest.waitForExecution(await rest.runWorkflow(id), minute);
	expect(execution.data.resultData.error?.message).toBeUndefined();
}

const issued = () => demo.sandbox.moca.issued();
const whole = { email: 'ada@example.com', course: 'First Aid', score: 92 };

/** The ID of somebody’s badge. */
const badge = (): Promise<string> => anchoredCredentialId(demo.sandbox);

test('a model is told of each operation what it does, and what it cannot undo', async () => {
	const operations = ['get', 'getMany', 'verify', 'revoke', 'erase', 'reissue'];
	const tools = operations.map((operation) => learnCoinTool(`tool ${operation}`, 'Credential', { operation }));
	model.plan('Nothing to do.');
	await runAgent(
		3.1,
		...tools,
		learnCoinTool('tool create', 'Batch', { operation: 'create' }),
		learnCoinTool('tool update', 'Tenant', { operation: 'update' }),
		statusTool('get'),
		statusTool('wait'),
	);
	expect(Object.fromEntries(model.asked()[0]!.tools.map(({ name, description }) => [name, description]))).toEqual({
		tool_get: 'Get a credential in LearnCoin Credential',
		tool_getMany: 'Get many credentials in LearnCoin Credential',
		tool_verify: 'Verify a credential in LearnCoin Credential',
		tool_revoke: 'Revoke a credential permanently in LearnCoin Credential',
		tool_erase: 'Erase personal data permanently in LearnCoin Credential',
		tool_reissue: 'Reissue and permanently revoke the old in LearnCoin Credential',
		tool_create: 'Issue credentials to learners in LearnCoin Batch',
		tool_update: 'Change your organization in LearnCoin Tenant',
		status_get: 'Get the status of a credential in Moca Status',
		status_wait: 'Wait until a credential is on chain in Moca Status',
	});
});

describe.each([2.2, 3.1])('an agent of version %s', (version) => {
	test('issues with one call, and is told that it did, without the learner’s address', async () => {
		model.plan({ call: 'issue', with: whole });
		await runAgent(version, mocaTool('issue'));
		expect(issued()).toMatchObject([{ recipientEmail: 'ada@example.com', credentialSubject: { course: 'First Aid', score: 92 } }]);
		expect(model.toolAnswers().join()).toContain('"outcome":"issued"');
		expect(model.toolAnswers().join()).not.toContain('ada@example.com');
	});

	test('is told which values are missing, when it gives half of them', async () => {
		model.plan({ call: 'issue', with: { email: whole.email, course: '', score: 92 } });
		await runAgent(version, mocaTool('issue'));
		expect(issued()).toEqual([]);
		expect(model.toolAnswers().join()).toMatch(/"outcome":"failed".*Course.*missing.*"whatToDo":"[^"]*Course: give a text/);
	});

	test('is told what failed, and what to do', async () => {
		model.plan({ call: 'get', with: { id: 'crd_01HXYZABCDEF1234567890ABCD' } });
		await runAgent(version, learnCoinTool('get', 'Credential', { operation: 'get' }));
		expect(model.toolAnswers().join()).toMatch(/"outcome":"failed".*"error":"[^"]+".*"whatToDo":"[^"]+tell a person\./);
	});

	test('revokes and erases nothing, and is told who can', async () => {
		const id = await badge();
		const reason = 'Asked for';
		model.plan({ call: 'revoke', with: { id } }, { call: 'erase', with: { id } }, { call: 'reissue', with: { id } });
		await runAgent(
			version,
			learnCoinTool('revoke', 'Credential', { operation: 'revoke', reason }),
			learnCoinTool('erase', 'Credential', { operation: 'erase', verifiedAt: '2026-11-01' }),
			learnCoinTool('reissue', 'Credential', { operation: 'reissue', reason }),
		);
		expect(model.toolAnswers()).toHaveLength(3);
		for (const said of model.toolAnswers()) expect(said).toMatch(/"outcome":"notDone".*Nothing was changed\. Tell a person/);
		expect(demo.sandbox.learncoin.credentials()).toHaveLength(1);
		expect(demo.sandbox.learncoin.credentials()[0]!.body.revoked).toBe(false);
	});

	test('revokes where a person switched it on', async () => {
		const id = await badge();
		model.plan({ call: 'revoke', with: { id } });
		const options = { letAiAgents: true };
		await runAgent(version, learnCoinTool('revoke', 'Credential', { operation: 'revoke', reason: 'Asked for', options }));
		expect(model.toolAnswers().join()).not.toContain('notDone');
		expect(demo.sandbox.learncoin.credentials()[0]!.body.revoked).toBe(true);
	});

	test('neither issues nor revokes with On Duplicate set to revoke', async () => {
		model.plan({ call: 'issue', with: whole });
		await runAgent(version, mocaTool('issue', { onDuplicate: 'revoke' }));
		expect(model.toolAnswers().join()).toMatch(/"outcome":"notDone".*Keep the Existing One/);
		expect(issued()).toEqual([]);
	});

	test('cannot choose another learner where the workflow says who it is', async () => {
		model.plan({ call: 'issue', with: { ...whole, email: 'mallory@example.com' } });
		await runAgent(version, mocaTool('issue', { recipientEmail: "={{ 'ada' + '@example.com' }}" }));
		expect(model.asked()[0]!.tools[0]!.parameters.properties).not.toHaveProperty('email');
		expect(issued()).toMatchObject([{ recipientEmail: 'ada@example.com' }]);
		expect(model.toolAnswers().join()).not.toMatch(/mallory@|ada@/);
	});

	test('never sees a signed document or an address', async () => {
		const id = await badge();
		model.plan({ call: 'get', with: { id } });
		await runAgent(version, learnCoinTool('get', 'Credential', { operation: 'get', download: false }));
		expect(model.toolAnswers().join()).toContain(id);
		expect(model.toolAnswers().join()).not.toMatch(/signed_credential|@example\.com|proofValue/);
	});
});

test('an agent of version 3.1 is told which values it left out altogether', async () => {
	model.plan({ call: 'issue', with: { email: whole.email } });
	await runAgent(3.1, mocaTool('issue'));
	expect(issued()).toEqual([]);
	expect(model.toolAnswers().join()).toMatch(/Course is missing; Score is missing.*whatToDo/);
});

test('n8n tells an agent of version 3.1 nothing where On Error is set to the error output: our page says not to choose it', async () => {
	model.plan({ call: 'issue', with: whole });
	await runAgent(3.1, { ...mocaTool('issue'), onError: 'continueErrorOutput' });
	expect(issued()).toHaveLength(1);
	expect(model.toolAnswers()).toEqual(['""']);
});

describe('as an MCP server', () => {
	/** What the server answers to one call, by streamable HTTP. */
	async function mcp(path: string) {
		let session: string | undefined;
		let id = 0;
		return async (method: string, params: object = {}): Promise<Record<string, never>> => {
			const headers = { accept: 'application/json, text/event-stream', ...(session && { 'mcp-session-id': session }) };
			const isNotification = method.startsWith('notifications/');
			const body = { jsonrpc: '2.0', method, params, ...(!isNotification && { id: ++id }) };
			const { data, headers: got } = await axios.post<string>(`${demo.n8n.url}/mcp/${path}`, body, {
				proxy: false,
				headers,
				responseType: 'text',
			});
			session ??= got['mcp-session-id'] as string | undefined;
			const line = data.split('\n').find((text) => text.startsWith('data: '));
			return isNotification ? {} : (JSON.parse(line?.slice(6) ?? data) as { result: Record<string, never> }).result;
		};
	}

	test('tools say what they do, issue, tell failures, and revoke nothing', async () => {
		const path = randomUUID();
		const badgeId = await badge();
		const file = mcpWorkflow(
			'MCP',
			path,
			mocaTool('issue'),
			learnCoinTool('revoke', 'Credential', { operation: 'revoke', reason: 'Asked for' }),
		);
		const workflowId = await demo.n8n.rest.importWorkflow(file, credentialIds);
		await demo.n8n.rest.publish(workflowId);
		const ask = await mcp(path);
		await ask('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } });
		await ask('notifications/initialized');
		const call = async (name: string, args: object) => JSON.stringify(await ask('tools/call', { name, arguments: args }));
		expect(JSON.stringify(await ask('tools/list'))).toContain('Revoke a credential permanently in LearnCoin Credential');
		expect(await call('issue', whole)).toContain('issued');
		expect(issued()).toHaveLength(1);
		expect(await call('issue', { ...whole, course: '' })).toMatch(/failed.*Course: give a text/);
		expect(await call('revoke', { id: badgeId })).toMatch(/notDone/);
		expect(demo.sandbox.learncoin.credentials()[0]!.body.revoked).toBe(false);
		await demo.n8n.rest.unpublish(workflowId);
	});
});

describe('the example: check, ask a person, issue', () => {
	const fileName = 'agent-checks-asks-and-issues.json';
	const given = { learner_email: 'ada@example.com', course: 'First Aid', score: 92 };

	/** Writes to the agent, until it waits for a person, and gives the links to approve and to decline. */
	async function askForOne() {
		const { rest, url } = demo.n8n;
		const example = await readExample(fileName);
		const nodes = example.nodes.map((node) =>
			node.type.endsWith('.chatTrigger') ? { ...node, webhookId: randomUUID(), parameters: { ...node.parameters, public: true } } : node,
		);
		const workflowId = await rest.importWorkflow({ ...example, nodes }, credentialIds);
		await rest.publish(workflowId);
		model.plan(
			{ call: 'Check_a_course_completion', with: given },
			{ call: 'Issue_a_course_completion', with: { toolParameters: given, hitlParameters: {} } },
			'That is all.',
		);
		const trigger = nodes.find(({ type }) => type.endsWith('.chatTrigger'));
		const message = { action: 'sendMessage', sessionId: randomUUID(), chatInput: 'Issue First Aid to ada@example.com, 92 points.' };
		await axios.post(`${url}/webhook/${String(trigger?.webhookId)}/chat`, message, { proxy: false });
		const waiting = await untilStatus(workflowId, 'waiting');
		const links = await linksOf(waiting.id);
		return { workflowId, ...links };
	}

	/** n8n takes no answer from what calls itself a program, because mail programs open links. */
	const press = (link: string) =>
		axios.get(link, { proxy: false, headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' } });

	async function untilStatus(workflowId: string, ...wanted: string[]): Promise<ExecutionSummary> {
		const ask = async () => (await demo.n8n.rest.executions(workflowId))[0];
		const found = await askUntil(ask, (one) => wanted.includes(one?.status ?? '') || one?.status === 'error', {
			everyMs: 250,
			timeoutMs: minute,
		});
		expect(wanted).toContain(found?.status);
		return found!;
	}

	async function linksOf(executionId: string) {
		const data = JSON.stringify(await demo.n8n.rest.execution(executionId));
		const links = [...data.matchAll(/http:\/\/[^"\\]*webhook-waiting[^"\\]*/g)].map(([link]) => link);
		const link = (approved: boolean) => links.find((one) => one.includes(`approved=${approved}`)) ?? '';
		return { approve: link(true), decline: link(false), shown: data };
	}

	test('approved, it is issued once, just as it was shown', async () => {
		const { workflowId, approve, shown } = await askForOne();
		expect(issued()).toEqual([]);
		expect(shown).toContain('Learner: ada@example.com');
		await press(approve);
		await untilIdle(workflowId);
		expect(issued()).toMatchObject([{ recipientEmail: 'ada@example.com', credentialSubject: { course: 'First Aid', score: 92 } }]);
		expect(model.toolAnswers().join()).toContain('"outcome":"issued"');
	});

	test('declined, nothing is issued, and the agent is told so', async () => {
		const { workflowId, decline } = await askForOne();
		await press(decline);
		await untilIdle(workflowId);
		expect(issued()).toEqual([]);
		expect(model.toolAnswers().join()).toMatch(/rejected/i);
	});

	/** Until the agent has had its answer: the chat then waits to show it. */
	async function untilIdle(workflowId: string): Promise<void> {
		await askUntil(
			async () => model.asked().length,
			(count) => count >= 3,
			{ everyMs: 100, timeoutMs: minute },
		);
		await untilStatus(workflowId, 'waiting', 'success');
		await demo.n8n.rest.unpublish(workflowId);
	}
});
