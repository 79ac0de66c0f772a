import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { FixableError } from '../n8n/errors';
import { runTool } from '../n8n/processes/runTool';
import { temporaryFolder } from '../n8n/processes/temporaryFolder';

const checkout = join(__dirname, '..');

/**
 * Builds the package and packs it as npm would publish it.
 *
 * @returns the tarball's path, in a temporary folder of its own
 * @throws FixableError when it doesn't build
 */
export async function packPackage(): Promise<string> {
	await npm('run', 'build');
	const folder = await temporaryFolder('package');
	await npm('pack', '--ignore-scripts', '--pack-destination', folder);
	const [tarball] = await readdir(folder);
	if (tarball === undefined) throw new FixableError('The package was built, but npm packed nothing.');
	return join(folder, tarball);
}

async function npm(...args: string[]): Promise<void> {
	const { ok, output } = await runTool({ command: 'npm', args, cwd: checkout });
	if (!ok) throw new FixableError(`The package couldn't be built; "npm ${args.slice(0, 2).join(' ')}" said:\n${output.trim()}`);
}
