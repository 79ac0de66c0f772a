import { join } from 'node:path';

import { installN8n } from '../../install/installN8n';
import { startN8n, type RunningN8n } from '../startN8n';
import { freePort } from '../../processes/ports';
import { createStores } from './stores';
import { startWebhookProcess, startWorker, type QueueProcess } from './queueProcess';

export interface QueueOptions {
	/** Every process of it has a folder in here. */
	folder: string;
	/** A package of community nodes to install, as `npm pack` makes it. */
	tarball: string;
	workers: number;
	/** Executions that each worker does at the same time; 5 if not given. */
	jobs?: number;
	/** Whether a process of its own takes the calls of published workflows; otherwise the main one does. */
	webhookProcess?: boolean;
	/** Settings of all processes beside ours. */
	env?: Record<string, string>;
	report?: (line: string) => void;
}

/** n8n in queue mode: what is executed by a webhook or a schedule is done by the workers. */
export interface RunningQueue {
	/** The process with the editor, which hands the work out. */
	main: RunningN8n;
	/** Where published workflows are called. */
	webhookUrl: string;
	/** What takes those calls, if it isn't the main process. */
	webhookProcess?: QueueProcess;
	workers: QueueProcess[];
	stop(): Promise<void>;
}

/**
 * Starts an n8n in queue mode over PostgreSQL and Redis, of which nothing is left after `stop`.
 *
 * @throws FixableError when PostgreSQL or Redis isn't there, or n8n doesn't start
 */
export async function startQueue(options: QueueOptions): Promise<RunningQueue> {
	const { folder, tarball, workers: count, jobs, webhookProcess = false, env: wanted = {}, report = () => {} } = options;
	const stores = await createStores(await installN8n({ report }));
	const running: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		await Promise.all(running.map((process) => process.stop()));
		await stores.drop();
	};
	const started = <Started extends { stop(): Promise<void> }>(process: Started): Started => {
		running.push(process);
		return process;
	};
	const inFolder = (name: string) => ({ folder: join(folder, name), tarball, report });
	try {
		const port = await freePort();
		const env = { ...stores.env, ...(webhookProcess && leftToWebhookProcess(port)), ...wanted };
		// The main process makes the tables that the others look for.
		const main = started(await startN8n({ ...inFolder('main'), env }));
		const calls = webhookProcess ? { webhookProcess: started(await startWebhookProcess(inFolder('webhook'), env, port)) } : {};
		const workers: QueueProcess[] = [];
		for (let number = 1; number <= count; number++) workers.push(started(await startWorker(inFolder(`worker-${number}`), env, jobs)));
		return { main, ...calls, webhookUrl: webhookProcess ? urlAt(port) : main.url, workers, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

const urlAt = (port: number): string => `http://127.0.0.1:${port}`;

/** As n8n's documentation advises: published workflows are registered with the webhook process's address, and the main one takes no calls. */
const leftToWebhookProcess = (port: number): Record<string, string> => ({
	WEBHOOK_URL: `${urlAt(port)}/`,
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
});
