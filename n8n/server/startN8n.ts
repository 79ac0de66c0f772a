import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { installN8n } from '../install/installN8n';
import { installNodes, linkN8nWorkflow } from '../install/installNodes';
import { endChild, isRunning } from '../processes/children';
import { portOr } from '../processes/ports';
import { n8nRest, type N8nRest } from '../rest/n8nRest';
import type { Owner } from '../rest/owner';
import { environment } from './environment';
import { launch } from './launch';

export interface N8nOptions {
	/** Everything this n8n keeps lies in here; a new folder is a new n8n, and one that was used before is as it was left. */
	folder: string;
	/** A free one if not given. */
	port?: number;
	/** A package of community nodes to install, as `npm pack` makes it. */
	tarball?: string;
	/** Settings beside, or instead of, the ones that are set here. */
	env?: Record<string, string>;
	/** Options of Node itself, such as `--inspect`. */
	nodeOptions?: string[];
	report?: (line: string) => void;
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
	/** Stops it and starts it again on the same port with the same data. */
	restart(): Promise<void>;
}

/** For a person to type, on an n8n that only their own machine can reach; n8n wants 8 characters with a digit and a capital. */
const owner: Owner = { email: 'owner@example.com', password: 'Credentials4All' };

/**
 * Starts the pinned n8n on loopback, with the owner signed in.
 *
 * @throws FixableError when the port is busy, or n8n can't be installed or doesn't start (then with the last lines of its log)
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const report = options.report ?? (() => {});
	const port = await portOr(options.port, 'N8N_PORT');
	const installed = await installN8n({ report });
	await mkdir(join(options.folder, '.n8n-files'), { recursive: true });
	const folder = await realpath(options.folder); // n8n lets no workflow reach a file through a symbolic link
	const logFile = join(folder, 'n8n.log');
	if (options.tarball !== undefined) await installNodes(folder, options.tarball, logFile);
	await linkN8nWorkflow(folder, installed);

	const url = `http://127.0.0.1:${port}`;
	const env = { ...(await environment(folder, port)), ...options.env };
	const rest = n8nRest(url);
	const start = async () => {
		const started = await launch(installed, { folder, url, env, logFile, nodeOptions: options.nodeOptions ?? [] });
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
		async restart() {
			await endChild(child);
			child = await start();
		},
	};
}
