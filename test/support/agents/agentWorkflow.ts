import type { SmallNode } from '../../../n8n/rest/smallWorkflow';
import type { WorkflowFile, WorkflowNode } from '../../../n8n/rest/workflowFile';

export const chatModelCredentialType = 'openAiApi';

const langchain = '@n8n/n8n-nodes-langchain';

/** A manual trigger, an agent of this version, and its model and tools. */
export function agentWorkflow(name: string, agentVersion: number, ...tools: SmallNode[]): WorkflowFile {
	const start: SmallNode = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	const agent: SmallNode = {
		name: 'Agent',
		type: `${langchain}.agent`,
		typeVersion: agentVersion,
		parameters: { promptType: 'define', text: 'Do it.', options: {} },
	};
	const model: SmallNode = {
		name: 'Model',
		type: `${langchain}.lmChatOpenAi`,
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'stand-in' }, options: { maxRetries: 0 } },
		credentials: { [chatModelCredentialType]: { id: '', name: '' } },
	};
	return {
		name,
		nodes: placed([start, agent, model, ...tools]),
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			...toolsOf('Agent', tools),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** n8n as an MCP server with these tools. It answers below `/mcp/` at this path, once it is published. */
export function mcpWorkflow(name: string, path: string, ...tools: SmallNode[]): WorkflowFile {
	const trigger = { name: 'Server', type: `${langchain}.mcpTrigger`, typeVersion: 2, parameters: { path }, webhookId: path };
	return { name, nodes: placed([trigger, ...tools]), connections: toolsOf('Server', tools), settings: { executionOrder: 'v1' } };
}

const placed = (nodes: SmallNode[]): WorkflowNode[] =>
	nodes.map((node, index) => ({ id: `node-${index}`, typeVersion: 1, position: [index * 220, 0], ...node }));

const toolsOf = (owner: string, tools: SmallNode[]) =>
	Object.fromEntries(tools.map((tool) => [tool.name, { ai_tool: [[{ node: owner, type: 'ai_tool', index: 0 }]] }]));
