import type { ICredentialDataDecryptedObject, ICredentialType, IDataObject, IExecuteFunctions, INode, INodeType, IRun } from 'n8n-workflow';

import { additionalData, core, Workflow } from '../engine';

/** As n8n makes it of a node (dist/tool-generation/ai-tools.js of n8n 2.40.5). */
export function asTool(node: INodeType): INodeType {
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
/** A node to run as a tool, and what its n8n credential holds. */
export interface ToolSetup {
	node: INodeType;
	credentialType: ICredentialType;
	credential: () => ICredentialDataDecryptedObject;
}

/** Runs a node in each of the ways in which n8n runs one for a model. */
export function toolOf({ node: underTest, credentialType, credential }: ToolSetup) {
	const { name: nodeName } = underTest.description;
	const types: Record<string, INodeType> = { agent, start, [nodeName]: underTest, [`${nodeName}Tool`]: asTool(underTest) };
	const nodeTypes = {
		getByName: (name: string) => types[name]!,
		getByNameAndVersion: (name: string) => types[name]!,
		getKnownTypes: () => ({}),
	};
	const credentials = { [credentialType.name]: { id: '1', name: 'Test' } };
	const node = (name: string, type: string, parameters: IDataObject = {}, more: Partial<INode> = {}): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		credentials,
		...more,
	});
	const base = () => additionalData({ nodes: {}, credentials: { [credentialType.name]: credentialType } }, credential());

	/** What the model is told when an agent calls the tool. */
	async function calledByAgent(parameters: IDataObject, more: Partial<INode> = {}): Promise<string> {
		const nodes = [node('Start', 'start'), node('Agent', 'agent'), node('Tool', `${nodeName}Tool`, parameters, more)];
		const connections = {
			Start: { main: [[{ node: 'Agent', type: 'main' as const, index: 0 }]] },
			Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] },
		};
		const workflow = new Workflow({ id: 'tool-test', nodes, connections, active: false, nodeTypes, settings: { executionOrder: 'v1' } });
		const run: IRun = await new core.WorkflowExecute(base(), 'manual').run({ workflow, startNode: nodes[0]! });
		return JSON.stringify(run.data.resultData.error ?? run.data.resultData.runData.Agent?.[0]?.data?.main?.[0]?.[0]?.json.told);
	}

	/** What the node puts out when n8n runs it by itself: as a step that an agent asked for, or alone. */
	async function runAlone(type: 'node' | 'tool', mode: 'manual' | 'internal', parameters: IDataObject): Promise<string> {
		const own = node('Tool', type === 'tool' ? `${nodeName}Tool` : nodeName, parameters);
		const workflow = new Workflow({ nodes: [own], connections: {}, active: false, nodeTypes });
		const items = [{ json: {} }];
		const data = { main: [items] };
		const executionData = { resultData: { runData: {} } } as never;
		const executeData = { node: own, data, source: null };
		const context = new core.ExecuteContext(workflow, own, base(), mode, executionData, 0, items, data, executeData, []);
		return JSON.stringify(await types[own.type]!.execute!.call(context as unknown as IExecuteFunctions));
	}

	const ways: Array<[string, (parameters: IDataObject) => Promise<string>]> = [
		['called by an agent', calledByAgent],
		['as a step that an agent asked for', (parameters) => runAlone('tool', 'manual', parameters)],
		['alone, under the tool’s name', (parameters) => runAlone('tool', 'internal', parameters)],
		['alone, under the node’s name', (parameters) => runAlone('node', 'internal', parameters)],
	];
	return { ways, calledByAgent, inWorkflow: (parameters: IDataObject) => runAlone('node', 'manual', parameters) };
}
