import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { itemsOf, itemsOfAllOutputs, type Execution, type Item } from '../../n8n/rest/execution';
import type { SmallNode } from '../../n8n/rest/smallWorkflow';
import { inputNodeName, webhookWorkflow } from '../../n8n/rest/webhookWorkflow';
import type { RunningN8n } from '../../n8n/server/startN8n';
import type { Answer } from './judge/answers';

/** One execution: what went in, and what the node that is tried gave out. */
export interface Run<Row> {
	rows: Row[];
	/** With the position of the row that each is paired to. */
	answers: Array<{ json: Answer; row: number | undefined }>;
	/** With what the execution ended, if it did not end well. */
	error?: string;
}

export interface Published<Row> {
	/** Executes it with these rows. Resolves when it is through, or n8n was ended. */
	execute(rows: readonly Row[]): Promise<void>;
	/** The executions since this was asked before, which must have ended; those that n8n was killed in are not among them. */
	runs(): Promise<Array<Run<Row>>>;
}

/** Long enough for every wait in an execution, and an end for one that hangs. */
const patienceMs = 120_000;

export interface Nodes {
	before?: SmallNode[];
	/** The one whose answers count. */
	tried: SmallNode;
	after?: SmallNode[];
}

/** Makes a workflow of these nodes, and publishes it. */
export async function publish<Row extends object>(
	n8n: RunningN8n,
	credentialIds: Record<string, string>,
	name: string,
	{ before = [], tried, after = [] }: Nodes,
): Promise<Published<Row>> {
	const { file, path } = webhookWorkflow(name, name, ...before, tried, ...after);
	const id = await n8n.rest.importWorkflow(file, credentialIds);
	await n8n.rest.publish(id);
	let lastSeen = 0;
	return {
		execute: async (items) => await call(`${n8n.url}${path}`, { items }),
		async runs() {
			const listed = await n8n.rest.executions(id);
			const fresh = listed.filter((one) => Number(one.id) > lastSeen && one.status !== 'crashed');
			lastSeen = Math.max(lastSeen, ...listed.map((one) => Number(one.id)));
			const executions = await Promise.all(fresh.map((one) => n8n.rest.waitForExecution(one.id, patienceMs)));
			return executions.reverse().map((execution) => runOf<Row>(execution, tried.name));
		},
	};
}

/** n8n that was just started may not know the address yet; it says so at once, and nothing was executed. */
async function call(url: string, body: object): Promise<void> {
	for (let attempt = 1; attempt <= 60; attempt++) {
		const { status } = await axios
			.post(url, body, { proxy: false, timeout: patienceMs, validateStatus: () => true })
			.catch(() => ({ status: 0 }));
		if (status !== 404) return;
		await sleep(500);
	}
	throw new Error(`n8n knows no workflow at ${url}`);
}

function runOf<Row>(execution: Execution, nodeName: string): Run<Row> {
	const { error } = execution.data.resultData;
	return {
		rows: itemsOf(execution, inputNodeName).map(({ json }) => json as Row),
		answers: itemsOfAllOutputs(execution, nodeName).map((item) => ({ json: item.json, row: rowOf(item) })),
		...(execution.status !== 'success' && { error: error?.message ?? execution.status }),
	};
}

function rowOf({ pairedItem }: Item): number | undefined {
	const first: unknown = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	if (typeof first === 'number') return first;
	return typeof first === 'object' && first !== null && 'item' in first && typeof first.item === 'number' ? first.item : undefined;
}
