/**
 * The checks of this repository one after the other, each with its output and its time, whatever the one before came to. The last line
 * counts the tests of all Jest runs, and lint and scan as one each. Exits with 1 when anything failed.
 */
import { spawn } from 'node:child_process';

import { jestCounts } from './jestCounts.mjs';

const asOne = (_output, exitCode) => (exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const steps = [
	{ command: 'npm test', counts: jestCounts },
	{ command: 'npm run test:e2e', counts: jestCounts },
	{ command: 'npm run test:e2e -- --n8n 1.123 --essential', counts: jestCounts },
	{ command: 'npm run lint', counts: asOne },
	{ command: 'npm run scan', counts: asOne },
];

/** How long to wait for the rest of the output after a step has ended: a process it left behind may hold the pipe open for ever. */
const drainMs = 2000;

function run(command) {
	return new Promise((resolve) => {
		const output = [];
		const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
		const ended = (exitCode) => {
			for (const stream of [child.stdout, child.stderr]) stream.destroy();
			resolve({ exitCode, output: Buffer.concat(output).toString('utf8') });
		};
		for (const [from, to] of [
			[child.stdout, process.stdout],
			[child.stderr, process.stderr],
		]) {
			from.on('data', (chunk) => {
				output.push(chunk);
				to.write(chunk);
			});
		}
		// A step that was killed has a signal instead of an exit code.
		child.on('exit', (code) => setTimeout(() => ended(code ?? 1), drainMs).unref());
		child.on('close', (code) => ended(code ?? 1));
	});
}

const total = { passed: 0, failed: 0 };
const table = [];
for (const { command, counts } of steps) {
	console.log(`\n=== ${command}`);
	const start = performance.now();
	const { exitCode, output } = await run(command);
	const { passed, failed } = counts(output, exitCode);
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	table.push(`${command}: ${passed} passed, ${failed} failed, exit code ${exitCode}, ${seconds} s`);
	console.log(`=== ${table.at(-1)}`);
	total.passed += passed;
	total.failed += failed;
}

console.log(`\n${table.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
