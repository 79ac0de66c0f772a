import { askUntil } from '../processes/askUntil';
import { decodeExecution, type Execution, type ExecutionStatus, type ExecutionSummary } from './execution';
import type { Session } from './session';
import type { WorkflowFile } from './workflowFile';

const endings: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];
const hasEnded = ({ status }: ExecutionSummary) => endings.includes(status);

const startedByHand = new Set(['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger']);

/** The most that n8n gives at once. */
const perPage = 100;
const mostPages = 1_000;

const executionsOf = async (session: Session, workflowId?: string): Promise<ExecutionSummary[]> => {
	const query = workflowId === undefined ? '' : `?limit=10&filter=${encodeURIComponent(JSON.stringify({ workflowId }))}`;
	return (await session.get<{ results: ExecutionSummary[] }>(`/rest/executions${query}`)).results;
};

export const executionCalls = (session: Session) => ({
	/**
	 * Starts a workflow as the editor's Execute button does: from its manual trigger, or its schedule. Gives the execution's ID at once.
	 * @param triggerName the trigger to choose beside the button; the first one if not given
	 */
	async runWorkflow(id: string, triggerName?: string): Promise<string> {
		const workflow = await session.get<WorkflowFile>(`/rest/workflows/${id}`);
		const trigger = workflow.nodes.find(({ name, type }) => startedByHand.has(type) && (triggerName ?? name) === name);
		if (!trigger) throw new Error(`The workflow has no ${triggerName ?? 'manual trigger or schedule'} to start from.`);
		return (await start<{ executionId: string }>(session, id, workflow, trigger.name)).executionId;
	},

	/** What the editor's Execute button does on a webhook trigger: n8n then listens for one event, for two minutes at most. */
	async listenForTestEvent(id: string, triggerName: string): Promise<void> {
		const workflow = await session.get<WorkflowFile>(`/rest/workflows/${id}`);
		const { waitingForWebhook } = await start<{ waitingForWebhook?: boolean }>(session, id, workflow, triggerName);
		if (waitingForWebhook !== true) throw new Error(`n8n does not listen for an event of "${triggerName}".`);
	},

	/** Stops listening for a test event. */
	async stopListening(id: string): Promise<void> {
		await session.delete(`/rest/test-webhook/${id}`);
	},

	/** Waits until an execution has ended, well or not, and gives its data. */
	async waitForExecution(id: string, timeoutMs: number): Promise<Execution> {
		const ask = () => session.get<ExecutionSummary & { data: string }>(`/rest/executions/${id}`);
		const execution = await askUntil(ask, hasEnded, { everyMs: 250, timeoutMs });
		if (!hasEnded(execution)) throw new Error(`Execution ${id} is still ${execution.status} after ${timeoutMs / 1000} s.`);
		return decodeExecution(execution);
	},

	/** An execution as it is now, ended or not. */
	async execution(id: string): Promise<Execution> {
		return decodeExecution(await session.get<ExecutionSummary & { data: string }>(`/rest/executions/${id}`));
	},

	/** n8n's executions list, the newest first. @param workflowId only those of this workflow, ten at most */
	executions: async (workflowId?: string): Promise<ExecutionSummary[]> => await executionsOf(session, workflowId),

	/** Waits until a workflow's newest execution has ended. n8n isn't asked for its data, which would take it longer the more items there are. */
	async waitForNewest(workflowId: string, timeoutMs: number): Promise<ExecutionSummary> {
		const ask = async () => (await executionsOf(session, workflowId))[0];
		const newest = await askUntil(ask, (one) => one !== undefined && hasEnded(one), { everyMs: 250, timeoutMs });
		if (!newest || !hasEnded(newest)) throw new Error(`The newest execution of ${workflowId} has not ended after ${timeoutMs / 1000} s.`);
		return newest;
	},

	/** All executions of a workflow, the newest first, however many. */
	async executionIdsOf(workflowId: string): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const ids: string[] = [];
		for (let page = 0; page < mostPages; page++) {
			const before = ids.length === 0 ? '' : `&lastId=${ids.at(-1)}`;
			const { results } = await session.get<{ results: ExecutionSummary[] }>(`/rest/executions?filter=${filter}&limit=${perPage}${before}`);
			ids.push(...results.map(({ id }) => id));
			if (results.length < perPage) return ids;
		}
		throw new Error(`n8n has more than ${mostPages * perPage} executions of workflow ${workflowId}.`);
	},

	async stopExecution(id: string): Promise<void> {
		await session.post(`/rest/executions/${id}/stop`, {});
	},
});

/** n8n 1 runs the workflow that is sent, as it may stand unsaved in the editor; n8n 2 looks at the trigger alone, and runs what is saved. */
const start = <Answer>(session: Session, id: string, workflowData: WorkflowFile, trigger: string) =>
	session.post<Answer>(`/rest/workflows/${id}/run`, { workflowData, triggerToStartFrom: { name: trigger } });
