import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

import { FixableError } from '../errors';
import { startChild } from './children';

export interface ToolRun {
	command: string;
	args: string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** A file that everything the tool says is added to. */
	logFile?: string;
}

/**
 * Runs a command-line tool to its end and gives all it wrote, with `ok` telling whether it ended well.
 *
 * @throws FixableError when the tool isn't installed
 */
export async function runTool({ command, args, cwd, env, logFile }: ToolRun): Promise<{ ok: boolean; output: string }> {
	const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
	log?.write(`$ ${command} ${args.join(' ')}\n`);
	const child = startChild(command, args, { cwd, env: withoutNodeEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			log?.write(chunk);
		});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', () => reject(new FixableError(`The tool "${command}" isn't installed, or not on the PATH.`)));
		child.once('close', resolve);
	});
	if (log) {
		log.end();
		await finished(log);
	}
	return { ok: code === 0, output };
}

/** Jest sets NODE_ENV=test, a hosting environment `production`: both change what npm does, so neither is passed on. */
function withoutNodeEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	return { ...env, NODE_ENV: undefined };
}
