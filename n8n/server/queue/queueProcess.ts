import type { ChildProcess } from 'node:child_process';

import { endChild, isRunning, killChild } from '../../processes/children';
import { freePort } from '../../processes/ports';
import { environment } from '../environment';
import { launch } from '../launch';
import { prepareFolder, type FolderOptions } from '../prepareFolder';

/** One of the processes beside the main one in queue mode. */
export interface QueueProcess {
	/** Everything it has written. */
	logFile: string;
	/** Another one after a restart. */
	readonly pid: number;
	isRunning(): boolean;
	/** Ends it as a power cut would: what it was at stays as it is. */
	kill(): Promise<void>;
	/** Ends it, if it runs, and starts it again. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** n8n warns of fewer. */
const usualJobs = 5;

/**
 * Starts a worker, which does the work, with a folder of its own, as on a machine of its own.
 *
 * @param shared the settings that all processes of this n8n have in common
 * @param jobs executions that it does at the same time
 * @throws FixableError when it doesn't start
 */
export async function startWorker(options: FolderOptions, shared: Record<string, string>, jobs = usualJobs): Promise<QueueProcess> {
	const port = await freePort();
	return await startProcess(options, ['worker', `--concurrency=${jobs}`], port, {
		...shared,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	});
}

/**
 * Starts a process that takes the calls of published workflows, and puts them into the queue.
 *
 * @param shared the settings that all processes of this n8n have in common
 * @param port where it is called
 * @throws FixableError when it doesn't start
 */
export async function startWebhookProcess(options: FolderOptions, shared: Record<string, string>, port: number): Promise<QueueProcess> {
	return await startProcess(options, ['webhook'], port, { ...shared, N8N_PORT: String(port) });
}

async function startProcess(
	options: FolderOptions,
	command: string[],
	readyAtPort: number,
	settings: Record<string, string>,
): Promise<QueueProcess> {
	const { installed, folder, logFile } = await prepareFolder(options);
	const env = { ...(await environment(installed, folder, await freePort())), ...settings };
	const answering = [`http://127.0.0.1:${readyAtPort}/healthz/readiness`];
	const start = () => launch(installed, { command, folder, answering, env, logFile, nodeOptions: [] });
	let child: ChildProcess = await start();
	return {
		logFile,
		get pid() {
			return child.pid ?? 0;
		},
		isRunning: () => isRunning(child),
		kill: () => killChild(child),
		async restart() {
			await endChild(child);
			child = await start();
		},
		stop: () => endChild(child),
	};
}
