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

export const executionCalls = (session: Session) => ({
	/**
	 * Starts a workflow as the editor's Execute button does: from its manual trigger, or its schedule. Gives the execution's ID at once.
	 * @param triggerName the trigger to choose beside the button; the first one if not given
	 */
	async runWorkflow(id: string, triggerName?: string): Promise<string> {
		const { nodes } = await session.get<WorkflowFile>(`/rest/workflows/${id}`);
		const trigger = nodes.find(({ name, type }) => startedByHand.has(type) && (triggerName ?? name) === name);
		if (!trigger) throw new Error(`The workflow has no ${triggerName ?? 'manual trigger or schedule'} to start from.`);
		const run = await session.post<{ executionId: string }>(`/rest/workflows/${id}/run`, { triggerToStartFrom: { name: trigger.name } });
		return run.executionId;
	},

	/** What the editor's Execute button does on a webhook trigger: n8n then listens for one event, for two minutes at most. */
	async listenForTestEvent(id: string, triggerName: string): Promise<void> {
		const { waitingForWebhook } = await session.post<{ waitingForWebhook?: boolean }>(`/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: triggerName },
		});
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
	async executions(workflowId?: string): Promise<ExecutionSummary[]> {
		const query = workflowId === undefined ? '' : `?limit=10&filter=${encodeURIComponent(JSON.stringify({ workflowId }))}`;
		return (await session.get<{ results: ExecutionSummary[] }>(`/rest/executions${query}`)).results;
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
