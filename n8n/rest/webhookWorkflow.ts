import type { SmallNode } from './smallWorkflow';
import type { WorkflowFile, WorkflowNode } from './workflowFile';

export interface WebhookWorkflow {
	file: WorkflowFile;
	/** Where it is called, below n8n's address, once it is published. */
	path: string;
}

/**
 * A workflow that is started by a call whose body holds its `items`, and answers with what its last node gives out. The nodes stand one behind
 * the other; where one has an error output, the next one takes both.
 */
export function webhookWorkflow(name: string, path: string, ...nodes: SmallNode[]): WebhookWorkflow {
	const all = [webhook(path), splitOut, ...nodes];
	const placed = all.map((node, index) => ({ id: `node-${index}`, typeVersion: 1, position: [index * 220, 0], ...node })) as WorkflowNode[];
	const connections = Object.fromEntries(
		all.slice(1).map((node, index) => {
			const next = [{ node: node.name, type: 'main', index: 0 }];
			return [all[index]!.name, { main: all[index]!.onError === 'continueErrorOutput' ? [next, next] : [next] }];
		}),
	);
	return { file: { name, nodes: placed, connections }, path: `/webhook/${path}` };
}

const webhook = (path: string): SmallNode & Record<string, unknown> => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	// n8n finds a published address by this besides the path.
	webhookId: path,
	parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'allEntries', options: {} },
});

/** The node that gives out the items that came in. */
export const inputNodeName = 'One item for each';

const splitOut: SmallNode = {
	name: inputNodeName,
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'body.items', options: {} },
};
