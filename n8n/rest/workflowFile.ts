export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[field: string]: unknown;
}

/** A workflow as the editor exports it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[field: string]: unknown;
}

/** A workflow with other parameters of some of its nodes, as a person changes them in the editor. */
export const withParameters = (
	file: WorkflowFile,
	changed: Record<string, (parameters: WorkflowNode['parameters']) => WorkflowNode['parameters']>,
): WorkflowFile => ({
	...file,
	nodes: file.nodes.map((node) => {
		const change = changed[node.name];
		return change ? { ...node, parameters: change(node.parameters) } : node;
	}),
});
