import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import axios, { isAxiosError, type AxiosInstance } from 'axios';

import { decodeExecution, type Execution, type ExecutionStatus, type ExecutionSummary } from './execution';

export interface Owner {
	email: string;
	password: string;
}

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

/** How far n8n has come with publishing, and what hinders each trigger. */
interface Publication {
	status: string;
	triggers: Array<{ errorMessage?: string | null }>;
}

const ended: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];

/** The calls that n8n's own editor makes, for one signed-in user. Every method throws an Error with n8n's words when n8n refuses. */
export class N8nRest {
	private readonly http: AxiosInstance;

	constructor(readonly url: string) {
		// A proxy from the environment can't reach loopback.
		// n8n drops kept connections when it comes back from seconds of work without a break, as after expressions for thousands of items.
		this.http = axios.create({ baseURL: url, proxy: false, timeout: 30_000, httpAgent: new Agent({ keepAlive: false }) });
		this.http.interceptors.response.use(undefined, (error: unknown) => Promise.reject(inPlainWords(error)));
	}

	/** Makes the first user of a new n8n, its owner, and signs in. */
	async setUpOwner({ email, password }: Owner): Promise<void> {
		await this.signIn('/rest/owner/setup', { email, password, firstName: 'Demo', lastName: 'Owner' });
	}

	async login({ email, password }: Owner): Promise<void> {
		await this.signIn('/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** Saves an n8n credential and gives its ID. */
	async createCredential(type: string, name: string, data: Record<string, unknown>): Promise<string> {
		return (await this.post<{ id: string }>('/rest/credentials', { type, name, data })).id;
	}

	/** Saves an n8n credential anew, with all its data. */
	async changeCredential(id: string, type: string, name: string, data: Record<string, unknown>): Promise<void> {
		await this.http.patch(`/rest/credentials/${id}`, { type, name, data });
	}

	/** What the editor shows after "Save" or "Retry" in a credential's form. */
	async testCredential(type: string, data: Record<string, unknown>): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return this.post('/rest/credentials/test', { credentials: { id: '', name: 'Test', type, data } });
	}

	/** Saves a workflow, with the credential of each node replaced by the one of that type in `credentialIds`, and gives its ID. */
	async importWorkflow(file: WorkflowFile, credentialIds: Record<string, string>): Promise<string> {
		const nodes = file.nodes.map((node) => ({ ...node, credentials: withIds(node.credentials, credentialIds) }));
		const { name, connections, settings } = file;
		return (await this.post<{ id: string }>('/rest/workflows', { name, nodes, connections, settings: settings ?? {} })).id;
	}

	/** Saves a workflow with other values for some of a node's parameters. */
	async changeNode(id: string, nodeName: string, parameters: Record<string, unknown>): Promise<void> {
		const { name, nodes, connections, settings } = await this.get<WorkflowFile>(`/rest/workflows/${id}`);
		const changed = nodes.map((node) => (node.name === nodeName ? { ...node, parameters: { ...node.parameters, ...parameters } } : node));
		await this.http.patch(`/rest/workflows/${id}`, { name, nodes: changed, connections, settings });
	}

	/** Starts a workflow as the editor's Execute button does: from its manual trigger, or its schedule. Gives the execution's ID at once. */
	async runWorkflow(id: string): Promise<string> {
		const { nodes } = await this.get<WorkflowFile>(`/rest/workflows/${id}`);
		const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger' || type === 'n8n-nodes-base.scheduleTrigger');
		if (!trigger) throw new Error('The workflow has neither a manual trigger nor a schedule to start from.');
		const run = await this.post<{ executionId: string }>(`/rest/workflows/${id}/run`, { triggerToStartFrom: { name: trigger.name } });
		return run.executionId;
	}

	/** What the editor's Execute button does on a webhook trigger: n8n then listens for one event, for two minutes at most. */
	async listenForTestEvent(id: string, triggerName: string): Promise<void> {
		const { waitingForWebhook } = await this.post<{ waitingForWebhook?: boolean }>(`/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: triggerName },
		});
		if (waitingForWebhook !== true) throw new Error(`n8n does not listen for an event of "${triggerName}".`);
	}

	/** Stops listening for a test event. */
	async stopListening(id: string): Promise<void> {
		await this.http.delete(`/rest/test-webhook/${id}`);
	}

	/** Waits until an execution has ended, well or not, and gives its data. */
	async waitForExecution(id: string, timeoutMs: number): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.get<ExecutionSummary & { data: string }>(`/rest/executions/${id}`);
			if (ended.includes(execution.status)) return decodeExecution(execution);
			if (Date.now() > deadline) throw new Error(`Execution ${id} is still ${execution.status} after ${timeoutMs / 1000} s.`);
			await sleep(250);
		}
	}

	/** n8n's executions list, the newest first. */
	async executions(): Promise<ExecutionSummary[]> {
		return (await this.get<{ results: ExecutionSummary[] }>('/rest/executions')).results;
	}

	async stopExecution(id: string): Promise<void> {
		await this.post(`/rest/executions/${id}/stop`, {});
	}

	/**
	 * What the editor's Publish button does. Newer versions of n8n answer before they have registered the triggers, and try five times; this
	 * waits for the end of it.
	 */
	async publish(id: string, timeoutMs = 60_000): Promise<void> {
		await this.activate(id);
		const { status, triggers } = await this.waitForPublication(id, timeoutMs);
		const said = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		if (status !== 'published') throw new Error(`n8n: the workflow is ${status}: ${said.join(' ')}`);
	}

	/** Takes a published workflow back, and waits until its triggers are removed. */
	async unpublish(id: string, timeoutMs = 60_000): Promise<void> {
		await this.deactivate(id);
		await this.waitForPublication(id, timeoutMs);
	}

	async activate(id: string): Promise<void> {
		const { versionId } = await this.get<{ versionId: string }>(`/rest/workflows/${id}`);
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate(id: string): Promise<void> {
		await this.post(`/rest/workflows/${id}/deactivate`, {});
	}

	/** The names of all node types that n8n has loaded. */
	async nodeTypes(): Promise<string[]> {
		const { data } = await this.http.get<Array<{ name: string }>>('/types/nodes.json');
		return data.map(({ name }) => name);
	}

	/** With its older way of publishing (N8N_USE_WORKFLOW_PUBLICATION_SERVICE=false), n8n has this not, and is through when it answers. */
	private async waitForPublication(id: string, timeoutMs: number): Promise<Publication> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const answer = await this.http.get<{ data: Publication }>(`/rest/workflows/${id}/publication-status`, {
				validateStatus: (status) => status === 200 || status === 404,
			});
			if (answer.status === 404) return { status: 'published', triggers: [] };
			if (answer.data.data.status !== 'in_progress') return answer.data.data;
			if (Date.now() > deadline) throw new Error(`n8n is still publishing workflow ${id} after ${timeoutMs / 1000} s.`);
			await sleep(100);
		}
	}

	private async signIn(path: string, body: object): Promise<void> {
		const { headers } = await this.http.post(path, body);
		const cookies = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]);
		this.http.defaults.headers.common.Cookie = cookies.join('; ');
	}

	private async get<Answer>(path: string): Promise<Answer> {
		return (await this.http.get<{ data: Answer }>(path)).data.data;
	}

	private async post<Answer>(path: string, body: object): Promise<Answer> {
		return (await this.http.post<{ data: Answer }>(path, body)).data.data;
	}
}

function withIds(credentials: WorkflowNode['credentials'], ids: Record<string, string>): WorkflowNode['credentials'] {
	if (!credentials) return undefined;
	return Object.fromEntries(Object.entries(credentials).map(([type, { id, name }]) => [type, { id: ids[type] ?? id, name }]));
}

/** Axios's own errors hold the request, and with it the credentials that were sent; only n8n's words may go on from here. */
function inPlainWords(error: unknown): unknown {
	if (!isAxiosError<{ message?: string }>(error)) return error;
	const said = error.response?.data?.message ?? error.message;
	return new Error(`n8n: ${error.config?.method?.toUpperCase()} ${error.config?.url}: ${error.response?.status ?? error.code}: ${said}`);
}
