import type { IDataObject, IExecuteFunctions, INode, INodeType, IRun } from 'n8n-workflow';

import { LearnCoinApi } from '../../../../credentials/LearnCoinApi.credentials';
import { LearnCoinWebhook } from '../../../../nodes/LearnCoin/Webhook/LearnCoinWebhook.node.ts';
import { additionalData, core, Workflow } from '../../../support/engine';
import { byId, tenantCredential } from '../../../support/learncoin';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();
const url = 'http://127.0.0.1:9/hook';

/** As n8n makes it of a node (dist/tool-generation/ai-tools.js of n8n 2.40.5). */
function asTool(node: INodeType): INodeType {
	const description = Object.assign(Object.create(node.description) as INodeType['description'], {
		name: `${node.description.name}Tool`,
		inputs: [],
		outputs: ['ai_tool'],
	});
	return Object.create(node, { description: { value: description } }) as INodeType;
}

/** Calls its tool itself, as agents up to version 2 do, and puts out what a model would be told. */
const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: ['main', { type: 'ai_tool' }],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const [tool] = (await this.getInputConnectionData('ai_tool', 0)) as Array<{ invoke(input: object): Promise<string> }>;
		return [[{ json: { told: await tool!.invoke({}) } }]];
	},
};

const start: INodeType = { description: { ...agent.description, name: 'start', inputs: [] }, execute: async () => [[{ json: {} }]] };
const types: Record<string, INodeType> = {
	agent,
	start,
	learnCoinWebhook: new LearnCoinWebhook(),
	learnCoinWebhookTool: asTool(new LearnCoinWebhook()),
};
const nodeTypes = {
	getByName: (name: string) => types[name]!,
	getByNameAndVersion: (name: string) => types[name]!,
	getKnownTypes: () => ({}),
};

const node = (name: string, type: string, parameters: IDataObject = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	credentials: { learnCoinApi: { id: '1', name: 'Test' } },
});

const base = () => additionalData({ nodes: {}, credentials: { learnCoinApi: new LearnCoinApi() } }, tenantCredential(sandbox()));

/** What the model is told when an agent calls the tool. */
async function calledByAgent(parameters: IDataObject): Promise<string> {
	const nodes = [node('Start', 'start'), node('Agent', 'agent'), node('Tool', 'learnCoinWebhookTool', parameters)];
	const connections = {
		Start: { main: [[{ node: 'Agent', type: 'main' as const, index: 0 }]] },
		Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] },
	};
	const workflow = new Workflow({ id: 'tool-test', nodes, connections, active: false, nodeTypes, settings: { executionOrder: 'v1' } });
	const run: IRun = await new core.WorkflowExecute(base(), 'manual').run({ workflow, startNode: nodes[0]! });
	return JSON.stringify(run.data.resultData.error ?? run.data.resultData.runData.Agent?.[0]?.data?.main?.[0]?.[0]?.json.told);
}

/** What the node puts out when n8n runs it by itself: as a step that an agent asked for, or alone. */
async function runAlone(type: string, mode: 'manual' | 'internal', parameters: IDataObject): Promise<string> {
	const own = node('Tool', type, parameters);
	const workflow = new Workflow({ nodes: [own], connections: {}, active: false, nodeTypes });
	const items = [{ json: {} }];
	const data = { main: [items] };
	const executionData = { resultData: { runData: {} } } as never;
	const executeData = { node: own, data, source: null };
	const context = new core.ExecuteContext(workflow, own, base(), mode, executionData, 0, items, data, executeData, []);
	return JSON.stringify(await types[type]!.execute!.call(context as unknown as IExecuteFunctions));
}

const ways: Array<[string, (parameters: IDataObject) => Promise<string>]> = [
	['called by an agent', calledByAgent],
	['as a step that an agent asked for', (parameters) => runAlone('learnCoinWebhookTool', 'manual', parameters)],
	['alone, under the tool’s name', (parameters) => runAlone('learnCoinWebhookTool', 'internal', parameters)],
	['alone, under the node’s name', (parameters) => runAlone('learnCoinWebhook', 'internal', parameters)],
];

describe.each(ways)('as a tool, %s', (_, told) => {
	it('Create registers nothing, so no model sees a secret, and says who can do it how', async () => {
		const said = await told({ operation: 'create', url, events: ['batch.anchored'], description: '', options: {} });
		expect(said).toMatch(/No webhook was created.*LearnCoin Trigger/);
		expect(said).not.toMatch(/whsec_|signing_secret/);
		expect(sandbox().learncoin.webhooks()).toEqual([]);
	});

	it('Delete deletes nothing', async () => {
		await runAlone('learnCoinWebhook', 'manual', { operation: 'create', url, events: ['batch.anchored'], description: '', options: {} });
		const [{ id } = { id: '' }] = sandbox().learncoin.webhooks();
		expect(await told({ operation: 'delete', webhook: byId(id), options: {} })).toMatch(/No webhook was deleted/);
		expect(sandbox().learncoin.webhooks()).toHaveLength(1);
	});

	it('Get Many lists, without secrets', async () => {
		await runAlone('learnCoinWebhook', 'manual', { operation: 'create', url, events: ['batch.anchored'], description: '', options: {} });
		const said = await told({ operation: 'getMany', returnAll: true, options: {} });
		expect(said).toContain(url);
		expect(said).not.toContain(sandbox().learncoin.webhooks()[0]!.signing_secret);
	});
});

it('in a workflow of a person, Create gives the secret', async () => {
	const said = await runAlone('learnCoinWebhook', 'manual', {
		operation: 'create',
		url,
		events: ['batch.anchored'],
		description: '',
		options: {},
	});
	expect(said).toContain(sandbox().learncoin.webhooks()[0]!.signing_secret);
});
