import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import pLimit from 'p-limit';

import { startSandbox, type Sandbox } from '../../../sandbox/index';
import type { TableRow } from '../../rest/dataTables';
import type { N8nRest } from '../../rest/n8nRest';
import { withParameters } from '../../rest/workflowFile';
import { startQueue, type QueueOptions, type RunningQueue } from '../../server/queue/startQueue';
import { readExample } from '../examples';
import { saveN8nCredentials } from '../n8nCredentials';

const intakeFile = 'moca-issue-over-workers.json';
const recoveryFile = 'recover-failed-runs.json';

/** One learner as a learning platform tells of them. */
export interface Completion {
	email: string;
	course: string;
	score: number;
	passed: boolean;
	completedOn: string;
}

/** n8n in queue mode beside the sandbox, with the workflow that takes learners in, and the one that takes up what was left behind. */
export interface QueueDemo {
	queue: RunningQueue;
	sandbox: Sandbox;
	/** Of the workflow that takes learners in. */
	intakeId: string;
	/** Calls it, as a learning platform does: again until it says that these learners are kept. */
	send(learners: readonly Completion[]): Promise<void>;
	/** The table in which it keeps the calls that are not done. */
	openCalls(): Promise<TableRow[]>;
	/** The table in which it writes down what became of each learner. */
	credentials(): Promise<TableRow[]>;
	/** Runs the other workflow as its schedule does. */
	recover(): Promise<void>;
	stop(): Promise<void>;
}

export interface QueueDemoOptions extends Omit<QueueOptions, 'webhookProcess'> {
	/** Requests that one execution has in flight, as Moca Issue's option says; its usual 10 if not given. */
	concurrency?: number;
}

/**
 * Starts all of it.
 *
 * @throws FixableError when PostgreSQL or Redis isn't there, or n8n doesn't start
 */
export async function startQueueDemo(options: QueueDemoOptions): Promise<QueueDemo> {
	const sandbox = await startSandbox();
	try {
		const queue = await startQueue({ ...options, webhookProcess: true });
		const stop = async () => {
			await queue.stop();
			await sandbox.stop();
		};
		try {
			return { queue, sandbox, stop, ...(await setUp(queue, sandbox, options)) };
		} catch (error) {
			await stop();
			throw error;
		}
	} catch (error) {
		await sandbox.stop();
		throw error;
	}
}

/** What a person does by the notes in both workflows. */
async function setUp({ main: { rest, url }, webhookUrl }: RunningQueue, sandbox: Sandbox, { concurrency }: QueueDemoOptions) {
	const header = { name: 'X-From-My-LMS', value: 'a header that only the LMS knows' };
	const apiKey = await rest.createApiKey('Recovery', ['execution:list']);
	const credentialIds = {
		...(await saveN8nCredentials(rest, sandbox)),
		httpHeaderAuth: await rest.saveCredential('httpHeaderAuth', 'Your LMS calls n8n', header),
		n8nApi: await rest.saveCredential('n8nApi', 'This n8n', { apiKey, baseUrl: `${url}/api/v1` }),
	};
	const makeTable = async (name: string, columns: string[]) => {
		const id = await rest.createDataTable(name, Object.fromEntries(columns.map((column) => [column, 'string' as const])));
		return { id, choose: (parameters: object) => ({ ...parameters, dataTableId: chosen(id) }) };
	};
	const calls = await makeTable('Calls', ['execution', 'learners']);
	const credentials = await makeTable('Credentials', ['execution', 'email', 'course', 'outcome', 'coreClaimHash', 'whatToFix']);
	const tables = { 'The call is done': calls.choose, 'Write it down': credentials.choose };

	const intake = withParameters(await readExample(intakeFile), {
		...tables,
		'Keep the call': calls.choose,
		...(concurrency !== undefined && { 'Moca Issue': (parameters) => ({ ...parameters, options: { concurrency } }) }),
	});
	const intakeId = await rest.importWorkflow(intake, credentialIds);
	const recovery = withParameters(await readExample(recoveryFile), {
		...tables,
		'Calls that are not done': calls.choose,
		'Executions that still run': ({ filters, ...others }) => ({
			...others,
			filters: { ...(filters as object), workflowId: chosen(intakeId) },
		}),
	});
	const recoveryId = await rest.importWorkflow(recovery, credentialIds);
	await rest.publish(intakeId);

	return {
		intakeId,
		send: (learners: readonly Completion[]) => untilKept(`${webhookUrl}/webhook/learners`, { learners }, { [header.name]: header.value }),
		openCalls: () => rest.tableRows(calls.id),
		credentials: () => rest.tableRows(credentials.id),
		recover: () => recover(rest, recoveryId),
	};
}

const chosen = (value: string) => ({ __rl: true, mode: 'id', value });

const mostTries = 60;

/** A webhook process that was just started doesn't know the address yet; and a worker may die before the learners are kept. */
async function untilKept(url: string, body: object, headers: Record<string, string>): Promise<void> {
	let said: unknown;
	for (let attempt = 1; attempt <= mostTries; attempt++) {
		const { status, data } = await axios
			.post<unknown>(url, body, { headers, proxy: false, timeout: 180_000, validateStatus: () => true })
			.catch((error: unknown) => ({ status: 0, data: String(error) }));
		if (status === 202) return;
		said = data;
		await sleep(500);
	}
	throw new Error(`n8n did not keep these learners: ${JSON.stringify(said)}`);
}

async function recover(rest: N8nRest, workflowId: string): Promise<void> {
	const { status, data } = await rest.waitForExecution(await rest.runWorkflow(workflowId), 120_000);
	if (status !== 'success') throw new Error(`Taking up what was left behind ended with ${status}: ${data.resultData.error?.message}`);
}

/** Sends them all, some in each call, as many calls at once as a busy platform makes. */
export async function sendInCalls({ send }: QueueDemo, learners: readonly Completion[], perCall: number, atOnce = 10): Promise<void> {
	const calls = Array.from({ length: Math.ceil(learners.length / perCall) }, (_, call) =>
		learners.slice(call * perCall, (call + 1) * perCall),
	);
	const slots = pLimit(atOnce);
	await Promise.all(calls.map((some) => slots(() => send(some))));
}

/** Learners nobody has seen before. @param tag tells them from others */
export const newCompletions = (count: number, tag = 'learner'): Completion[] =>
	Array.from({ length: count }, (_, index) => ({
		email: `${tag}-${index + 1}@example.com`,
		course: 'First Aid',
		score: 60 + (index % 41),
		passed: true,
		completedOn: '2026-06-30',
	}));
