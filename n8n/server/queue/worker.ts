import type { ChildProcess } from 'node:child_process';

import { endChild, isRunning, killChild } from '../../processes/children';
import { freePort } from '../../processes/ports';
import { environment } from '../environment';
import { launch } from '../launch';
import { prepareFolder, type FolderOptions } from '../prepareFolder';

/** One of the processes that do the work in queue mode. */
export interface RunningWorker {
	isRunning(): boolean;
	/** Ends it as a power cut would: what it was at stays as it is. */
	kill(): Promise<void>;
	/** Ends it, if it runs, and starts it again. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** Executions that one worker does at the same time; n8n warns of fewer. */
const concurrency = 5;

/**
 * Starts a worker with a folder of its own, as on a machine of its own.
 *
 * @param shared the settings that all processes of this n8n have in common
 * @throws FixableError when it doesn't start
 */
export async function startWorker(options: FolderOptions, shared: Record<string, string>): Promise<RunningWorker> {
	const { installed, folder, logFile } = await prepareFolder(options);
	const port = await freePort();
	const env = {
		...(await environment(folder, await freePort())),
		...shared,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	const command = ['worker', `--concurrency=${concurrency}`];
	const start = () => launch(installed, { command, folder, url: `http://127.0.0.1:${port}`, env, logFile, nodeOptions: [] });
	let child: ChildProcess = await start();
	return {
		isRunning: () => isRunning(child),
		kill: () => killChild(child),
		async restart() {
			await endChild(child);
			child = await start();
		},
		stop: () => endChild(child),
	};
}
