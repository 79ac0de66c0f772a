import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';

import { FixableError } from '../errors';
import { takeLock } from '../processes/lock';
import { runTool } from '../processes/runTool';
import { n8nLine, type N8nLine } from './lines';

export interface InstalledN8n {
	/** The line it is of. */
	line: N8nLine;
	/** The Node that this n8n wants, whichever Node runs us. */
	node: string;
	/** n8n's command line, a JavaScript file for that Node. */
	bin: string;
	/** Where its packages lie, n8n-workflow among them. */
	modules: string;
}

export interface InstallOptions {
	/** Is told what goes on, a line at a time. */
	report: (line: string) => void;
	/** The one that N8N_LINE names if not given. */
	line?: N8nLine;
}

// Two entries of lines/2.40/package.json aren't obvious: date-fns is a peer of n8n's file nodes, which --legacy-peer-deps leaves out; and
// `npm ci` refuses a lock file in which a package lacks one of its platform variants, as the newest msgpackr-extract does.
const npmQuietly = ['--no-audit', '--no-fund', '--no-update-notifier'];
const pinned = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * A line's pinned n8n, installed once for all checkouts on this machine: into the user's cache folder, under the hash of the lock file. It is
 * built in a folder beside its place and renamed at the very end, so that an interrupted installation is never taken for a finished one.
 *
 * @throws FixableError when the network or a tool is missing
 */
export async function installN8n({ report, line = n8nLine() }: InstallOptions): Promise<InstalledN8n> {
	const folder = await placeInCache(line);
	if (!existsSync(folder)) {
		await mkdir(dirname(folder), { recursive: true });
		const release = await takeLock(`${folder}.lock`, () => report('Another process is installing n8n; waiting for it …'));
		try {
			if (!existsSync(folder)) await installInto(folder, line, report);
		} finally {
			await release();
		}
	}
	return { line, ...programsIn(folder) };
}

async function installInto(folder: string, line: N8nLine, report: (line: string) => void): Promise<void> {
	await removeLeftovers(folder);
	report(`Installing n8n ${line.version} once (${line.cost}) …`);
	const startedAt = Date.now();
	const workshop = `${folder}.installing-${process.pid}`;
	try {
		await fill(workshop, line, `${folder}.log`, report);
		await rename(workshop, folder);
	} catch (error) {
		await rm(workshop, { recursive: true, force: true });
		throw error;
	}
	report(`  done in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

async function fill(workshop: string, line: N8nLine, logFile: string, report: (line: string) => void): Promise<void> {
	await mkdir(workshop);
	for (const name of pinned) await copyFile(join(line.folder, name), join(workshop, name));
	report('  1 of 3: downloading its packages');
	await npm(workshop, logFile, ['ci', '--legacy-peer-deps', '--ignore-scripts']);
	report('  2 of 3: the Node.js it needs');
	await npm(workshop, logFile, ['rebuild', 'node', '--ignore-scripts=false']);
	report('  3 of 3: its database driver');
	await buildDatabaseDriver(workshop, logFile);
}

/** Uses the driver's prebuilt binary where one can be fetched; otherwise npm compiles it, against the Node that will load it. */
async function buildDatabaseDriver(workshop: string, logFile: string): Promise<void> {
	const env = { ...process.env, npm_config_nodedir: await folderWithNodeHeaders(workshop) };
	const { node } = programsIn(workshop);
	const built = await runTool({
		command: 'npm',
		args: ['rebuild', 'sqlite3', '--ignore-scripts=false', ...npmQuietly],
		cwd: workshop,
		env,
		logFile,
	});
	const loads = built.ok && (await runTool({ command: node, args: ['-e', "require('sqlite3')"], cwd: workshop, logFile })).ok;
	if (loads) return;
	const missing = ['make', 'g++', 'python3'].filter((tool) => !isOnPath(tool));
	if (missing.length === 0) throw new FixableError(`n8n's database driver couldn't be compiled. What the compiler said is in ${logFile}`);
	throw new FixableError(
		`n8n's database driver has to be compiled here, and that needs ${missing.join(', ')}. Install what is missing (Debian, Ubuntu: sudo apt install make g++ python3) and run this again.`,
	);
}

async function npm(cwd: string, logFile: string, args: string[]): Promise<void> {
	const { ok, output } = await runTool({ command: 'npm', args: [...args, ...npmQuietly], cwd, logFile });
	if (ok) return;
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output))
		throw new FixableError(
			"n8n couldn't be downloaded: the npm registry can't be reached. Check the network connection and run this again.",
		);
	if (output.includes('ENOSPC'))
		throw new FixableError(`n8n couldn't be installed: the disk is full. It needs up to 2.3 GB in ${dirname(cwd)}`);
	throw new FixableError(`n8n couldn't be installed: "npm ${args[0]}" failed. What it said is in ${logFile}`);
}

/** What interrupted installations of this version left behind; only called by the holder of the lock. */
async function removeLeftovers(folder: string): Promise<void> {
	for (const name of await readdir(dirname(folder)))
		if (name.startsWith(`${basename(folder)}.installing-`)) await rm(join(dirname(folder), name), { recursive: true, force: true });
}

async function placeInCache(line: N8nLine): Promise<string> {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
	hash.update(await readFile(join(line.folder, 'package-lock.json')));
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(cache, 'n8n-nodes-moca-learncoin', `n8n-${hash.digest('hex').slice(0, 16)}`);
}

/** The package `node` fetches the real one, headers included, into a package of its own that is named after the platform. */
async function folderWithNodeHeaders(folder: string): Promise<string> {
	const inside = join(folder, 'node_modules', 'node', 'node_modules');
	for (const name of await readdir(inside)) if (existsSync(join(inside, name, 'include', 'node'))) return join(inside, name);
	throw new FixableError("n8n couldn't be installed: the Node.js that was downloaded for it has no headers to compile against.");
}

const programsIn = (folder: string): Omit<InstalledN8n, 'line'> => ({
	node: join(folder, 'node_modules', 'node', 'bin', 'node'),
	bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	modules: join(folder, 'node_modules'),
});

const isOnPath = (tool: string) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, tool)));
