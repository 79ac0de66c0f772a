import 'reflect-metadata';

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Core from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { unhurriedRegex } from './unhurriedRegex';

// n8n-core reads these when it is loaded.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'engine-tests-only';
process.env.N8N_LOG_LEVEL ??= 'silent';

/* eslint-disable @typescript-eslint/no-require-imports -- only after the environment is set */
export const core = require('n8n-core') as typeof Core;
export const { Workflow, setSafeRegexEngine } = require('n8n-workflow') as typeof N8nWorkflow;
/* eslint-enable @typescript-eslint/no-require-imports */
setSafeRegexEngine(unhurriedRegex);

/** Nodes and n8n credential types under test, by the names that workflows use. */
export interface EngineTypes {
	nodes: Record<string, INodeType>;
	credentials: Record<string, ICredentialType>;
}

export interface EngineRun {
	/** What the node gave on its first output. */
	items: INodeExecutionData[];
	/** What n8n took for failed and sent to the error branch. */
	errorItems: INodeExecutionData[];
	/** The whole execution as n8n would save it. */
	run: IRun;
	/** Set when the node stopped the execution. */
	error?: Error & { description?: string; context?: IDataObject; httpCode?: string };
	hints: string[];
}

/** What the n8n credential holds, with expressions as n8n stores them; or what it comes to, by item, as if every field were an expression. */
export type CredentialData = ICredentialDataDecryptedObject | ((item: number) => ICredentialDataDecryptedObject);

export interface RunSettings {
	parameters: IDataObject;
	input: IDataObject[];
	/** Files of the input items, in their order. */
	files?: Array<INodeExecutionData['binary']>;
	credential: CredentialData;
	/** Settings of the node, such as `onError` or `retryOnFail`. */
	node?: Partial<INode>;
	/** Cancels the execution as soon as this is so. */
	cancelOnce?: () => boolean;
}

const startNode: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute: async () => [[]],
};

/** Runs one node in n8n's real engine, after a start node that holds the input items. */
export function createEngine(types: EngineTypes) {
	const nodeTypes = {
		getByName: (name: string) => find(types, name),
		getByNameAndVersion: (name: string) => find(types, name),
		getKnownTypes: () => ({}),
	};

	return async function runNode(
		type: string,
		{ parameters, input, files = [], credential, node, cancelOnce }: RunSettings,
	): Promise<EngineRun> {
		const credentialType = find(types, type).description.credentials?.[0]?.name ?? '';
		const nodes: INode[] = [
			{ id: 'start', name: 'Start', type: 'start', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				id: 'node',
				name: 'Node',
				type,
				typeVersion: 1,
				position: [200, 0],
				parameters: parameters as INode['parameters'],
				credentials: { [credentialType]: { id: '1', name: 'Test' } },
				...node,
			},
		];
		const workflow = new Workflow({
			id: 'engine-test',
			nodes,
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
		const startItems = input.map((json, index) => ({ json, ...(files[index] && { binary: files[index] }) }));
		const execution = new core.WorkflowExecute(additionalData(types, credential), 'manual').run({
			workflow,
			startNode: nodes[0]!,
			pinData: { Start: startItems },
		});
		const timer = cancelOnce && setInterval(() => cancelOnce() && execution.cancel(), 5);
		const run = await execution.finally(() => clearInterval(timer));
		const data = run.data.resultData.runData.Node?.[0];
		return {
			items: data?.data?.main?.[0] ?? [],
			errorItems: data?.data?.main?.[1] ?? [],
			run,
			...(run.data.resultData.error && { error: run.data.resultData.error as EngineRun['error'] & Error }),
			hints: (data?.hints ?? []).map(({ message }) => message),
		};
	};
}

function find({ nodes }: EngineTypes, name: string): INodeType {
	const type = name === 'start' ? startNode : nodes[name];
	if (!type) throw new Error(`No node type ${name}`);
	return type;
}

let executions = 0;

const urlNames = [
	'restApiUrl',
	'instanceBaseUrl',
	'formBaseUrl',
	'formWaitingBaseUrl',
	'formTestBaseUrl',
	'webhookBaseUrl',
	'webhookWaitingBaseUrl',
	'webhookTestBaseUrl',
];

/** As n8n does: a copy for each call, of what is stored (`raw`), or of what that comes to for an item. With n8n's own parameters, all seven. */
function decrypting(credential: CredentialData): ICredentialsHelper['getDecrypted'] {
	return async (_additionalData, _entry, _type, mode, executeData, raw, resolve) => {
		if (typeof credential === 'function') {
			const data = credential(resolve?.itemIndex ?? 0);
			return raw === true ? Object.fromEntries(Object.keys(data).map((name) => [name, '={{ … }}'])) : { ...data };
		}
		if (raw === true || !resolve) return { ...credential };
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = resolve;
		return workflow.expression.getParameterValue(
			credential as IDataObject as INode['parameters'],
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			{},
			executeData,
		) as ICredentialDataDecryptedObject;
	};
}

export function additionalData({ credentials }: EngineTypes, credential: CredentialData): IWorkflowExecuteAdditionalData {
	const workflowData = {
		id: 'engine-test',
		name: 'Engine test',
		nodes: [],
		connections: {},
		active: false,
		createdAt: new Date(),
		updatedAt: new Date(),
	};
	return {
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			preAuthentication: async () => undefined,
			runPreAuthentication: async () => undefined,
			authenticate: async (data: ICredentialDataDecryptedObject, type: string, options: IHttpRequestOptions) => {
				const authenticate = credentials[type]?.authenticate;
				return typeof authenticate === 'function' ? await authenticate.call(credentials[type], data, options) : options;
			},
			getDecrypted: decrypting(credential),
			getCredentialsProperties: (type: string) => credentials[type]?.properties ?? [],
		},
		// As n8n counts them: the tries of Retry On Fail belong to one execution.
		executionId: String(++executions),
		currentNodeExecutionIndex: 0,
		hooks: new core.ExecutionLifecycleHooks('manual', '1', workflowData as never),
		variables: {},
		...Object.fromEntries(urlNames.map((name) => [name, 'http://127.0.0.1/'])),
	} as never;
}
