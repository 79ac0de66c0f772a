import type { WorkflowFile, WorkflowNode } from './workflowFile';

/** A node of a small workflow, without what the editor adds to it. */
export interface SmallNode extends Pick<WorkflowNode, 'name' | 'type' | 'parameters' | 'credentials'> {
	/** 1 if not given. */
	typeVersion?: number;
	/** What On Error says; Stop if not given. */
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** n8n runs the node again when it fails; three times in all, with a second between, if the other two aren't given. */
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds. */
	waitBetweenTries?: number;
	/** For the first item only. */
	executeOnce?: boolean;
}

/** A manual trigger, and these nodes behind it, one after the other. */
export function smallWorkflow(name: string, ...nodes: SmallNode[]): WorkflowFile {
	const all: SmallNode[] = [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} }, ...nodes];
	return {
		name,
		nodes: all.map((node, index) => ({ id: `node-${index}`, typeVersion: 1, position: [index * 220, 0], ...node })),
		connections: Object.fromEntries(
			nodes.map((node, index) => [all[index]?.name ?? '', { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
		),
	};
}

/** The node Moca Issue as it is when somebody adds it to a workflow, with these parameters changed. */
export const mocaIssueNode = (parameters: Record<string, unknown> = {}): SmallNode => ({
	name: 'Moca Issue',
	type: 'n8n-nodes-moca-learncoin.mocaIssue',
	parameters,
	credentials: { mocaPartnerApi: { id: '', name: 'Moca Network partner' } },
});
