import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { endChild, isRunning, startChild } from '../processes/children';
import { DemoError } from '../errors';
import { installN8n, type InstalledN8n } from '../install/installN8n';
import { freePort, portOr } from '../processes/ports';
import { n8nRest, type N8nRest } from '../rest/n8nRest';
import type { Owner } from '../rest/owner';
import { runTool } from '../processes/runTool';

export interface N8nOptions {
	/** Everything this n8n keeps lies in here; a new folder is a new n8n. */
	folder: string;
	/** A free one if not given. */
	port?: number;
	/** A package of community nodes to install, as `npm pack` makes it. */
	tarball?: string;
	/** Settings beside, or instead of, the ones that are set here. */
	env?: Record<string, string>;
	/** Everything n8n writes goes here; `<folder>/n8n.log` if not given. */
	logFile?: string;
	report?: (line: string) => void;
}

export interface RunningN8n {
	url: string;
	editorUrl: string;
	owner: Owner;
	rest: N8nRest;
	/** The folder that n8n lets workflows read and write files in. */
	filesFolder: string;
	logFile: string;
	readonly pid: number | undefined;
	stop(): Promise<void>;
	/** Stops it and starts it again on the same port with the same data. */
	restart(): Promise<void>;
}

/** For a person to type, on an n8n that only their own machine can reach; n8n wants 8 characters with a digit and a capital. */
const owner: Owner = { email: 'owner@example.com', password: 'Credentials4All' };

const patienceMs = 120_000;

/**
 * Starts the pinned n8n on loopback, with the owner signed in.
 *
 * @throws DemoError when the port is busy, or n8n can't be installed or doesn't start (then with the last lines of its log)
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const report = options.report ?? (() => {});
	const port = await portOr(options.port, 'N8N_PORT');
	const installed = await installN8n({ report });
	await mkdir(join(options.folder, '.n8n-files'), { recursive: true });
	const folder = await realpath(options.folder); // n8n lets no workflow reach a file through a symbolic link
	const logFile = options.logFile ?? join(folder, 'n8n.log');
	if (options.tarball !== undefined) await installNodes(folder, options.tarball, logFile);

	const url = `http://127.0.0.1:${port}`;
	const env = { ...(await environment(folder, port)), ...options.env };
	const rest = n8nRest(url);
	let child = await launch(installed, { folder, url, env, logFile });
	await rest.setUpOwner(owner);

	const stop = () => endChild(child);
	return {
		url,
		editorUrl: `${url}/home/workflows`,
		owner,
		rest,
		filesFolder: join(folder, '.n8n-files'),
		logFile,
		get pid() {
			return child.pid;
		},
		stop,
		async restart() {
			await stop();
			child = await launch(installed, { folder, url, env, logFile });
			await rest.login(owner);
		},
	};
}

interface Launch {
	folder: string;
	url: string;
	env: NodeJS.ProcessEnv;
	logFile: string;
}

async function launch({ node, bin }: InstalledN8n, { folder, url, env, logFile }: Launch): Promise<ChildProcess> {
	const log = await open(logFile, 'a');
	const args = ['--import', join(__dirname, '..', 'processes', 'endWithParent.ts'), bin, 'start'];
	const child = startChild(node, args, { cwd: folder, env, stdio: ['ignore', log.fd, log.fd] });
	child.on('error', () => {}); // shows as a child that isn't running
	await log.close();
	try {
		await untilReady(child, url, logFile);
	} catch (error) {
		await endChild(child);
		throw error;
	}
	return child;
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
	const deadline = Date.now() + patienceMs;
	while (isRunning(child) && Date.now() < deadline) {
		const { status } = await axios
			.get(`${url}/healthz/readiness`, { proxy: false, timeout: 2_000, validateStatus: () => true })
			.catch(() => ({ status: 0 }));
		if (status === 200) return;
		await sleep(200);
	}
	const what = isRunning(child) ? `n8n isn't ready after ${patienceMs / 1000} s` : 'n8n ended while it was starting';
	throw new DemoError(`${what}. Its last words (all of them are in ${logFile}):\n${await lastWords(logFile)}`);
}

async function lastWords(logFile: string): Promise<string> {
	const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
	return lines
		.slice(-6)
		.map((line) => `  ${line}`)
		.join('\n');
}

/** As n8n itself installs community nodes: into `nodes` of its data folder, without the package's peers and scripts. */
async function installNodes(folder: string, tarball: string, logFile: string): Promise<void> {
	const nodes = join(folder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const packageFile = join(nodes, 'package.json');
	if (!existsSync(packageFile)) await writeFile(packageFile, '{ "name": "installed-nodes", "private": true }\n');
	const args = ['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', tarball];
	const { ok } = await runTool({ command: 'npm', args, cwd: nodes, logFile });
	if (!ok) throw new DemoError(`The package with the nodes couldn't be installed into n8n. What npm said is in ${logFile}`);
}

/**
 * The whole environment of n8n: nothing of ours but what programs need to run, so that neither secrets nor settings of the person's own n8n
 * get in. The home folder is the n8n's own: n8n lets workflows read and write files in `.n8n-files` of the home folder only, and takes
 * relative paths from the folder it was started in; so `.n8n-files/…` in a workflow means the same here as in n8n's Docker image.
 */
async function environment(folder: string, port: number): Promise<NodeJS.ProcessEnv> {
	const { PATH, LANG, TZ, TMPDIR } = process.env;
	return {
		...Object.fromEntries(Object.entries({ PATH, LANG, TZ, TMPDIR }).filter(([, value]) => value !== undefined)),
		HOME: folder,
		N8N_USER_FOLDER: folder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_SECURE_COOKIE: 'false',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_LOG_LEVEL: 'info',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_PYTHON_ENABLED: 'false',
		...quiet,
	};
}

/** No call to the outside and no questions: a local demo needs none of n8n's services. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
};
