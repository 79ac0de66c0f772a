import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHookFunctions,
	INode,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
	WorkflowActivateMode,
	IWorkflowExecuteAdditionalData,
	Workflow as WorkflowType,
} from 'n8n-workflow';

import { LearnCoinApi } from '../../credentials/LearnCoinApi.credentials';
import { LearnCoinTrigger } from '../../nodes/LearnCoin/Trigger/LearnCoinTrigger.node';
import type { Sandbox } from '../../sandbox';
import { additionalData, core, Workflow } from './engine';
import { tenantCredential } from './learncoin';
import { serve, type Loopback } from './loopback';

const nodeType = new LearnCoinTrigger();
const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };

/** What n8n keeps of one workflow with a LearnCoin Trigger in it. A test changes it as a person, or a fate, would. */
export interface TriggerState {
	workflowId: string;
	parameters: IDataObject;
	/** Undefined: none is chosen in the node. */
	credential: ICredentialDataDecryptedObject | undefined;
	/** Where this n8n can be reached from outside (WEBHOOK_URL). */
	baseUrl: string;
	/** The node's own data as it lies in the database. */
	data: IDataObject;
	/** Which a test listener has instead of the one in the database. */
	isTest: boolean;
}

/** The items that the workflow was started with, one for each start. */
export type Started = IDataObject[];

export interface Trigger {
	state: TriggerState;
	started: Started;
	/** Where LearnCoin sends to. */
	url: string;
	/** Whether the next starts of the workflow are to go wrong inside n8n. */
	cannotStart: boolean;
	/** n8n's steps when it publishes or starts up. */
	activate(mode?: WorkflowActivateMode): Promise<void>;
	call(method: 'checkExists' | 'create' | 'delete', mode?: WorkflowActivateMode): Promise<boolean>;
}

const webhookId = '5c1f4b0e-9c3a-4f57-9d0e-3f1f4a2b7c11';

/** An n8n on loopback: n8n-core's own contexts, and around them what n8n does with a request and with a node's data. */
export function useN8n(sandbox: () => Sandbox): (changes?: Partial<TriggerState>) => Trigger {
	const triggers = new Map<string, Trigger>();
	let n8n: Loopback;
	beforeAll(async () => (n8n = await serve((request, response) => void answer(triggers.get(request.url ?? ''), request, response))));
	afterEach(() => triggers.clear());
	afterAll(() => n8n.stop());
	return (changes = {}) => {
		const state: TriggerState = {
			workflowId: 'wf1',
			parameters: { events: ['batch.anchored'], otherEvents: '', includeTestEvents: false, toleranceSeconds: 300 },
			credential: tenantCredential(sandbox()),
			baseUrl: n8n.url,
			data: {},
			isTest: false,
			...changes,
		};
		const trigger = createTrigger(state);
		triggers.set(new URL(trigger.url).pathname, trigger);
		return trigger;
	};
}

function createTrigger(state: TriggerState): Trigger {
	const call: Trigger['call'] = async (method, mode = 'activate') => {
		const { context, save } = hook(state, mode);
		const answered = await nodeType.webhookMethods.default[method].call(context as unknown as IHookFunctions);
		save();
		return answered;
	};
	return {
		state,
		started: [],
		cannotStart: false,
		get url() {
			return hook(state, 'activate').context.getNodeWebhookUrl('default') ?? '';
		},
		call,
		async activate(mode = 'activate') {
			if (!(await call('checkExists', mode))) await call('create', mode);
		},
	};
}

/** A hook's context. What it writes is saved only when it ends well, as in n8n. */
function hook(state: TriggerState, mode: WorkflowActivateMode) {
	const workflow = createWorkflow(state);
	const context = new core.HookContext(
		workflow,
		nodeOf(workflow),
		dataOf(state),
		state.isTest ? 'manual' : 'trigger',
		mode,
		webhookData(state),
	);
	return { context, save: () => void (state.data = readData(workflow)) };
}

/** Written with pauses where n8n waits for its database, so that requests overtake each other as they do there. */
async function answer(trigger: Trigger | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const rawBody = await readBody(request);
	const respond = (status: number, body: unknown) =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	if (!trigger) return void respond(404, {});
	const workflow = createWorkflow(trigger.state);
	await sleep(5);
	Object.assign(response, {
		status: (code: number) => Object.assign(response, { statusCode: code }),
		json: (body: unknown) => response.end(JSON.stringify(body)),
	});
	const context = new core.WebhookContext(
		workflow,
		nodeOf(workflow),
		{ ...dataOf(trigger.state), httpRequest: withBody(request, rawBody), httpResponse: response } as never,
		trigger.state.isTest ? 'manual' : 'webhook',
		webhookData(trigger.state),
		[],
		null,
	);
	const result: IWebhookResponseData = await nodeType.webhook.call(context as unknown as IWebhookFunctions);
	await sleep(5);
	if (result.workflowData) {
		if (trigger.cannotStart) return void respond(500, { message: 'There was a problem executing the workflow' });
		// The execution has a workflow of its own over the same data, which n8n thereby takes for unchanged.
		createWorkflow(trigger.state, workflow.staticData);
		trigger.started.push(...result.workflowData.flat().map(({ json }) => json));
	}
	const body: unknown = result.noWebhookResponse ? undefined : (result.webhookResponse ?? { message: 'Workflow was started' });
	if ((workflow.staticData as { __dataChanged?: boolean }).__dataChanged) trigger.state.data = readData(workflow);
	if (!result.noWebhookResponse) respond(200, body);
}

/** From typeVersion 1.1 on, n8n reads bodies of the usual types before it asks the node, and leaves others to it. */
const withBody = (request: IncomingMessage, rawBody: Buffer) =>
	Object.assign(
		request,
		request.headers['content-type']?.startsWith('application/json') === true
			? { rawBody }
			: { readRawBody: async () => void Object.assign(request, { rawBody }) },
	);

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

const createWorkflow = (
	{ workflowId, parameters, credential, data }: TriggerState,
	staticData: IDataObject = { 'node:LearnCoin Trigger': structuredClone(data) },
): WorkflowType =>
	new Workflow({
		id: workflowId,
		name: 'Tell the learners',
		nodes: [
			{
				id: 'trigger',
				name: 'LearnCoin Trigger',
				type: 'learnCoinTrigger',
				typeVersion: 1.1,
				position: [0, 0],
				webhookId,
				parameters: parameters as INode['parameters'],
				...(credential && { credentials: { learnCoinApi: { id: '1', name: 'Test' } } }),
			},
		],
		connections: {},
		active: true,
		nodeTypes,
		staticData,
	});

const nodeOf = (workflow: WorkflowType): INode => workflow.getNode('LearnCoin Trigger')!;

const readData = (workflow: WorkflowType): IDataObject =>
	JSON.parse(JSON.stringify(workflow.staticData['node:LearnCoin Trigger'])) as IDataObject;

const webhookData = ({ isTest }: TriggerState): IWebhookData =>
	({ webhookDescription: { name: 'default' }, isTest, node: 'LearnCoin Trigger', path: 'learncoin' }) as never;

const dataOf = ({ credential, baseUrl }: TriggerState): IWorkflowExecuteAdditionalData => ({
	...additionalData({ nodes: {}, credentials: { learnCoinApi: new LearnCoinApi() } }, credential ?? {}),
	webhookBaseUrl: `${baseUrl}/webhook`,
	webhookTestBaseUrl: `${baseUrl}/webhook-test`,
});
