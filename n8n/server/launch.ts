import type { ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import axios from 'axios';

import { FixableError } from '../errors';
import type { InstalledN8n } from '../install/installN8n';
import { askUntil } from '../processes/askUntil';
import { endChild, isRunning, startChild } from '../processes/children';

export interface Launch {
	/** n8n's command with its options, such as `start`. */
	command: string[];
	folder: string;
	/** What answers once it is ready: n8n 1 says that it is before it takes calls. */
	answering: string[];
	env: NodeJS.ProcessEnv;
	/** Everything n8n writes is added to it. */
	logFile: string;
	/** Options of Node itself. */
	nodeOptions: string[];
}

const patienceMs = 120_000;

/**
 * Starts n8n's process and waits until it answers.
 *
 * @throws FixableError with the last lines of its log when it doesn't start
 */
export async function launch(
	{ node, bin }: InstalledN8n,
	{ command, folder, answering, env, logFile, nodeOptions }: Launch,
): Promise<ChildProcess> {
	const log = await open(logFile, 'a');
	const args = [...nodeOptions, '--import', join(__dirname, '..', 'processes', 'endWithParent.ts'), bin, ...command];
	const child = startChild(node, args, { cwd: folder, env, stdio: ['ignore', log.fd, log.fd] });
	child.on('error', () => {}); // shows as a child that isn't running
	await log.close();
	const isOver = (ready: boolean) => ready || !isRunning(child);
	if (await askUntil(() => areReady(answering), isOver, { everyMs: 200, timeoutMs: patienceMs })) return child;
	const what = isRunning(child) ? `n8n isn't ready after ${patienceMs / 1000} s` : 'n8n ended while it was starting';
	await endChild(child);
	throw new FixableError(`${what}. Its last words (all of them are in ${logFile}):\n${await lastWords(logFile)}`);
}

async function areReady(urls: string[]): Promise<boolean> {
	const ask = async (url: string) =>
		(await axios.get(url, { proxy: false, timeout: 2_000, validateStatus: () => true }).catch(() => ({ status: 0 }))).status === 200;
	for (const url of urls) if (!(await ask(url))) return false;
	return true;
}

async function lastWords(logFile: string): Promise<string> {
	const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
	return lines
		.slice(-6)
		.map((line) => `  ${line}`)
		.join('\n');
}
