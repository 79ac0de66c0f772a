import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { startChild } from '../../n8n/processes/children';

const endOfRound = /Found (\d+) errors?\. Watching for file changes\.$/;
const startOfRound = /(Starting compilation in watch mode|File change detected\. Starting incremental compilation)\.\.\.$/;

/** Checks the types of what ships, now and after each change, beside everything else: `say` is told errors, and when they are gone. */
export function watchTypes(checkout: string, say: (text: string) => void): void {
	const tsc = require.resolve('typescript/bin/tsc');
	const args = [tsc, '--noEmit', '--watch', '--preserveWatchOutput', '--pretty', 'false', '--project', 'tsconfig.build.json'];
	const child = startChild(process.execPath, args, { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] });
	child.on('error', () => say('The TypeScript compiler could not be started: types are not checked.'));
	if (child.stdout) tellRounds(child.stdout, say);
}

/** Reads what the compiler says round by round, and tells of a round what is news. */
export function tellRounds(output: Readable, say: (text: string) => void): void {
	let lines: string[] = [];
	let before = 0;
	createInterface(output).on('line', (line) => {
		const end = endOfRound.exec(line);
		if (!end) {
			if (line.trim() !== '' && !startOfRound.test(line)) lines.push(line);
			return;
		}
		const errors = Number(end[1]);
		if (errors > 0) say(`The types don't hold (${errors} ${errors === 1 ? 'error' : 'errors'}):\n${lines.join('\n')}`);
		else if (before > 0) say('The types hold again.');
		before = errors;
		lines = [];
	});
}
