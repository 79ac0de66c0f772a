import { join } from 'node:path';

import { endChild, isRunning, killChild } from '../processes/children';
import { portOr } from '../processes/ports';
import { n8nRest, type N8nRest } from '../rest/n8nRest';
import { localOwner as owner, type Owner } from '../rest/owner';
import { environment } from './environment';
import { launch } from './launch';
import { prepareFolder, type FolderOptions } from './prepareFolder';

export interface N8nOptions extends FolderOptions {
	/** A free one if not given. */
	port?: number;
	/** Settings beside, or instead of, the ones that are set here. */
	env?: Record<string, string>;
	/** Options of Node itself, such as `--inspect`. */
	nodeOptions?: string[];
}

export interface RunningN8n {
	url: string;
	owner: Owner;
	rest: N8nRest;
	/** The folder that n8n lets workflows read and write files in. */
	filesFolder: string;
	/** Everything n8n has written. */
	logFile: string;
	/** Of n8n's main process; another one after a restart. */
	readonly pid: number;
	/** False when n8n has ended, which it may also do by itself. */
	isRunning(): boolean;
	stop(): Promise<void>;
	/** Ends it as a power cut would. `restart` starts it again. */
	kill(): Promise<void>;
	/** Stops it, if it runs, and starts it again on the same port with the same data. */
	restart(): Promise<void>;
}

/**
 * Starts the pinned n8n on loopback, with the owner signed in.
 *
 * @throws FixableError when the port is busy, or n8n can't be installed or doesn't start (then with the last lines of its log)
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const port = await portOr(options.port, 'N8N_PORT');
	const { installed, folder, logFile } = await prepareFolder(options);
	const url = `http://127.0.0.1:${port}`;
	const env = { ...(await environment(installed, folder, port)), ...options.env };
	const rest = n8nRest(url);
	const start = async () => {
		const answering = [`${url}/healthz/readiness`, `${url}/rest/settings`];
		const started = await launch(installed, {
			command: ['start'],
			folder,
			answering,
			env,
			logFile,
			nodeOptions: options.nodeOptions ?? [],
		});
		try {
			await rest.signInAs(owner);
			return started;
		} catch (error) {
			await endChild(started);
			throw error;
		}
	};
	let child = await start();

	return {
		url,
		owner,
		rest,
		filesFolder: join(folder, '.n8n-files'),
		logFile,
		get pid() {
			return child.pid ?? 0;
		},
		isRunning: () => isRunning(child),
		stop: () => endChild(child),
		kill: () => killChild(child),
		async restart() {
			await endChild(child);
			child = await start();
		},
	};
}
