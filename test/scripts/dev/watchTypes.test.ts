import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { tellRounds } from '../../../scripts/dev/watchTypes';

/** What is told of what the compiler writes. */
async function told(...lines: string[]): Promise<string[]> {
	const all: string[] = [];
	const output = Readable.from(lines.map((line) => `${line}\n`));
	tellRounds(output, (text) => all.push(text));
	await finished(output);
	await new Promise(setImmediate);
	return all;
}

const good = '10:12:29 AM - Found 0 errors. Watching for file changes.';
const again = ['', '10:13:01 AM - File change detected. Starting incremental compilation...', ''];

test('errors are told with their places, and once more when they are gone', async () => {
	const error = "nodes/A/A.node.ts(3,14): error TS2322: Type 'string' is not assignable to type 'number'.";
	const bad = '10:13:02 AM - Found 1 error. Watching for file changes.';
	expect(await told('10:12:20 AM - Starting compilation in watch mode...', '', good, ...again, error, '', bad, ...again, good)).toEqual([
		`The types don't hold (1 error):\n${error}`,
		'The types hold again.',
	]);
});

test('as long as all is well, nothing is told', async () => {
	expect(await told('10:12:20 AM - Starting compilation in watch mode...', '', good, ...again, good)).toEqual([]);
});
