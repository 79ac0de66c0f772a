import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pLimit from 'p-limit';

import { learnCoinCredentialData, learnCoinCredentialType } from '../../n8n/demo/n8nCredentials';
import { itemsOf } from '../../n8n/rest/execution';
import type { WorkflowFile, WorkflowNode } from '../../n8n/rest/workflowFile';
import { startN8n, type N8nOptions, type RunningN8n } from '../../n8n/server/startN8n';
import { startSandbox } from '../../sandbox';
import { packPackage } from '../pack';
import { workedMs } from '../../n8n/processes/workedMs';
import type { Target } from './shots';

/** A real n8n with a published LearnCoin Trigger, and beside it one of n8n's own webhooks. */
export interface Range {
	n8n: RunningN8n;
	/** The trigger's address. */
	url: string;
	target: Target;
	/** The address of n8n's own Webhook node, which starts a workflow of the same size. */
	plainUrl: string;
	/** The events that the workflow was started with, one for each execution, when there are no more to come. */
	startedWith(): Promise<string[]>;
	/** What n8n's process has worked so far, in ms of a processor: what else the machine does makes no difference to it. */
	workedMs(): Promise<number>;
	/** Resident memory of n8n's process, MB. */
	residentMb(): Promise<number>;
	stop(): Promise<void>;
}

const patienceMs = 120_000;
const done: WorkflowNode = { id: 'done', name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} };

const starting = (node: WorkflowNode): WorkflowFile => ({
	name: node.name,
	nodes: [node, done],
	connections: { [node.name]: { main: [[{ node: done.name, type: 'main', index: 0 }]] } },
});

const trigger = starting({
	id: '3f0d4c52-0d6f-4f0b-9a53-3f3c6a0d4f11',
	name: 'LearnCoin Trigger',
	type: 'n8n-nodes-moca-learncoin.learnCoinTrigger',
	typeVersion: 1.1,
	position: [0, 0],
	parameters: { events: ['batch.anchored'] },
	credentials: { [learnCoinCredentialType]: { id: '', name: '' } },
});

const plain = starting({
	id: '8a0c7d5e-52a1-4b1c-8f4e-0b5a1c9d7e22',
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	position: [0, 0],
	parameters: { httpMethod: 'POST', path: 'plain', options: {} },
});

/** @param settings of n8n and its Node beside the usual ones */
export async function openRange(settings: Pick<N8nOptions, 'env' | 'nodeOptions'> = {}): Promise<Range> {
	const folder = await mkdtemp(join(tmpdir(), 'moca-learncoin-fire-'));
	const tarball = await packPackage();
	const sandbox = await startSandbox();
	const n8n = await startN8n({ folder, tarball, ...settings });
	const stop = async () => {
		await Promise.all([n8n.stop(), sandbox.stop()]);
		await rm(folder, { recursive: true, force: true });
		await rm(dirname(tarball), { recursive: true, force: true });
	};
	try {
		const { rest } = n8n;
		const credential = await rest.createCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(sandbox));
		const workflowId = await rest.importWorkflow(trigger, { [learnCoinCredentialType]: credential });
		await rest.publish(workflowId);
		await rest.publish(await rest.importWorkflow(plain, {}));
		const [registered] = sandbox.learncoin.webhooks();
		if (!registered) throw new Error('The trigger has not registered itself.');
		return {
			n8n,
			url: registered.url,
			target: { secret: registered.signing_secret },
			plainUrl: `${n8n.url}/webhook/plain`,
			startedWith: () => startedWith(n8n, workflowId),
			workedMs: () => workedMs(n8n.pid),
			residentMb: () => residentMb(n8n),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startedWith({ rest }: RunningN8n, workflowId: string): Promise<string[]> {
	let ids = await rest.executionIdsOf(workflowId);
	for (let before = -1; ids.length !== before;) {
		before = ids.length;
		await sleep(2_000);
		ids = await rest.executionIdsOf(workflowId);
	}
	const inFlight = pLimit(5);
	return await Promise.all(
		ids.map((id) =>
			inFlight(async () => {
				const execution = await rest.waitForExecution(id, patienceMs);
				return String(itemsOf(execution, done.name)[0]?.json.id);
			}),
		),
	);
}

async function residentMb({ pid }: RunningN8n): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
