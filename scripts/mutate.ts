/**
 * `npm run mutate`: changes the code in one place at a time, and looks whether a test notices. Beside other work, because it takes long: it
 * leaves the processor to whoever wants it.
 *
 * Usage: npm run mutate [-- FOLDER|FILE… [--tests FOLDER] [--any-option-of-stryker]], such as npm run mutate -- lib/http --tests lib
 */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';

import { runScript } from './runScript';

const repository = join(__dirname, '..');
const resultFile = join(repository, '.mutate/results.json');

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	const firstOption = args.findIndex((arg) => arg.startsWith('-'));
	const places = firstOption < 0 ? args : args.slice(0, firstOption);
	const options = args.slice(places.length);
	const tests = takeOut(options, '--tests');
	await forgetUnnoticed();
	setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
	process.exitCode = await stryker([...(places.length > 0 ? ['--mutate', places.map(filesAt).join(',')] : []), ...options], tests);
}

/** The value of an option that is ours and not Stryker's. */
function takeOut(options: string[], name: string): string | undefined {
	const position = options.indexOf(name);
	return position < 0 ? undefined : options.splice(position, 2)[1];
}

/** Stryker's pattern for a file, a range of its lines (`send.ts:20-30`) or a folder. */
function filesAt(place: string): string {
	const path = place.replace(/:\d[\d:-]*$/, '');
	if (!existsSync(join(repository, path))) throw new Error(`There is no ${path}`);
	return statSync(join(repository, path)).isDirectory() ? `${path.replace(/\/+$/, '')}/**/*.ts` : place;
}

interface Results {
	files: Record<string, { mutants: Array<{ status: string }> }>;
}

/**
 * Leaves just what was noticed in the results of earlier runs. Stryker takes over what survived unless a test that reaches it is new, and of
 * what happens when a file is loaded it doesn't know which tests reach it: that would survive for good.
 */
async function forgetUnnoticed(): Promise<void> {
	if (!existsSync(resultFile)) return;
	const results = JSON.parse(await readFile(resultFile, 'utf8')) as Results;
	for (const file of Object.values(results.files))
		file.mutants = file.mutants.filter(({ status }) => ['Killed', 'Timeout'].includes(status));
	await writeFile(resultFile, JSON.stringify(results));
}

/**
 * @param tests the folder below test/ whose tests may notice; all of them if undefined
 * @returns its exit status: 0 when enough was noticed
 */
function stryker(options: string[], tests = ''): Promise<number> {
	const bin = join(dirname(createRequire(__filename).resolve('@stryker-mutator/core/package.json')), 'bin/stryker.js');
	const child = spawn(process.execPath, [bin, 'run', 'test/mutate/stryker.config.mjs', ...options], {
		cwd: repository,
		stdio: 'inherit',
		env: { ...process.env, MUTATE_TESTS: tests },
	});
	return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve(code ?? 1)));
}

runScript(main);
