/**
 * Writes the pages of docs/ that are made out of the code: one for each node, one for the n8n credentials, one for the messages.
 *
 * Usage: npm run docs [-- --check]
 * With --check nothing is written; it ends with status 1 and names the pages that are not as the code has it.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { checkout } from './docs/nodeTypes';
import { writtenPages } from './docs/pages';
import { runScript } from './runScript';

/** Holds written pages only: what else is there is left over from a node that is gone. */
const writtenFolder = 'docs/nodes';

async function main(): Promise<void> {
	const pages = await writtenPages();
	const there = (await readdir(join(checkout, writtenFolder)).catch(() => [])).map((file) => `${writtenFolder}/${file}`);
	const leftOver = there.filter((path) => !pages.has(path));
	const stale: string[] = [];
	for (const [path, text] of pages) if ((await textOf(path)) !== text) stale.push(path);
	if (process.argv.includes('--check')) return tell([...stale, ...leftOver]);
	for (const path of stale) await write(path, pages.get(path)!);
	for (const path of leftOver) await rm(join(checkout, path));
	console.log([...stale, ...leftOver].join('\n') || 'Every page is as the code has it.');
}

const textOf = async (path: string): Promise<string> => await readFile(join(checkout, path), 'utf8').catch(() => '');

async function write(path: string, text: string): Promise<void> {
	await mkdir(dirname(join(checkout, path)), { recursive: true });
	await writeFile(join(checkout, path), text);
}

function tell(stale: string[]): void {
	if (stale.length === 0) return;
	console.log(`Not as the code has it:\n${stale.map((path) => `  ${path}`).join('\n')}\nRun: npm run docs`);
	process.exitCode = 1;
}

runScript(main);
