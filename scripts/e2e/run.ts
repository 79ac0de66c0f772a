/**
 * `npm run test:e2e`: the tests in a real n8n, with the packed package installed in it as README says.
 *
 * Usage: npm run test:e2e [-- [--n8n LINE] [--essential] [FILE…] [any option of Jest's]], such as npm run test:e2e -- --n8n 1.123 moca-forms
 */
import { join } from 'node:path';

import { startChild } from '../../n8n/processes/children';
import { readOptions } from './options';
import { runScript } from '../runScript';

const checkout = join(__dirname, '..', '..');

async function main(): Promise<void> {
	const { line, jest } = readOptions(process.argv.slice(2));
	console.log(`The end-to-end tests, in n8n ${line}`);
	const args = [join(checkout, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', 'test/e2e/jest.config.js', '--runInBand', ...jest];
	const child = startChild(process.execPath, args, { cwd: checkout, env: { ...process.env, N8N_LINE: line }, stdio: 'inherit' });
	process.exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

runScript(main);
