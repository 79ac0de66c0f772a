import { parseFlatted } from './flatted';

export interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}

interface NodeRun {
	data?: { main?: Array<Item[] | null> };
	error?: { message: string };
	executionStatus?: string;
	executionTime?: number;
}

export interface ExecutionData {
	resultData: { runData: Record<string, NodeRun[]>; error?: { message: string }; lastNodeExecuted?: string };
}

export type ExecutionStatus = 'new' | 'running' | 'waiting' | 'success' | 'error' | 'canceled' | 'crashed' | 'unknown';

/** One row of n8n's executions list. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface Execution extends ExecutionSummary {
	data: ExecutionData;
}

/** An execution as n8n's REST interface sends it, its data decoded. */
export const decodeExecution = (sent: ExecutionSummary & { data: string }): Execution => ({
	...sent,
	data: parseFlatted(sent.data) as ExecutionData,
});

/** What a node gave out on all of its outputs in its last run, one output after the other. */
export const itemsOfAllOutputs = (execution: Execution, nodeName: string): Item[] =>
	(execution.data.resultData.runData[nodeName]?.at(-1)?.data?.main ?? []).flatMap((items) => items ?? []);

/** What a node gave out on its first output in its last run; nothing if it didn't run. */
export const itemsOf = (execution: Execution, nodeName: string): Item[] =>
	execution.data.resultData.runData[nodeName]?.at(-1)?.data?.main?.[0] ?? [];
