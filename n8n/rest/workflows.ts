import { randomUUID } from 'node:crypto';

import type { Session } from './session';
import type { WorkflowFile, WorkflowNode } from './workflowFile';

export const workflowCalls = (session: Session) => ({
	/**
	 * Saves a workflow as the editor does that imports it, with the credential of each node replaced by the one of that type in `credentialIds`, and
	 * gives its ID.
	 */
	async importWorkflow(file: WorkflowFile, credentialIds: Record<string, string>): Promise<string> {
		const nodes = file.nodes.map((node) => ({ ...withWebhookId(node), credentials: withIds(node.credentials, credentialIds) }));
		const { name, connections, settings = {}, pinData = {} } = file;
		return (await session.post<{ id: string }>('/rest/workflows', { name, nodes, connections, settings, pinData, active: false })).id;
	},

	/** Saves a workflow with other values for some of a node's parameters. */
	async changeNode(id: string, nodeName: string, parameters: Record<string, unknown>): Promise<void> {
		const { name, nodes, connections, settings } = await session.get<WorkflowFile>(`/rest/workflows/${id}`);
		const changed = nodes.map((node) => (node.name === nodeName ? { ...node, parameters: { ...node.parameters, ...parameters } } : node));
		await session.patch(`/rest/workflows/${id}`, { name, nodes: changed, connections, settings });
	},

	/** Pins data to nodes, by their names, in the place of what was pinned before: a manual run then takes these items for what they give out. */
	async pinData(id: string, items: Record<string, object[]>): Promise<void> {
		const { name, nodes, connections, settings } = await session.get<WorkflowFile>(`/rest/workflows/${id}`);
		const pinData = Object.fromEntries(Object.entries(items).map(([node, rows]) => [node, rows.map((json) => ({ json }))]));
		await session.patch(`/rest/workflows/${id}`, { name, nodes, connections, settings, pinData });
	},
});

function withIds(credentials: WorkflowNode['credentials'], ids: Record<string, string>): WorkflowNode['credentials'] {
	if (!credentials) return undefined;
	return Object.fromEntries(Object.entries(credentials).map(([type, { id, name }]) => [type, { id: ids[type] ?? id, name }]));
}

/** The editor gives each trigger one. n8n 1 finds no address without it, if the node's name has a space in it. */
const withWebhookId = (node: WorkflowNode): WorkflowNode => (/Trigger$/.test(node.type) ? { webhookId: randomUUID(), ...node } : node);
