import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { FixableError } from '../errors';
import { runTool } from '../processes/runTool';

/**
 * As n8n itself installs community nodes: into `nodes` of its data folder, without the package's peers and scripts.
 *
 * @param folder the folder that n8n keeps everything in
 * @param tarball the package, as `npm pack` makes it
 * @throws FixableError when npm can't
 */
export async function installNodes(folder: string, tarball: string, logFile: string): Promise<void> {
	const nodes = join(folder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const packageFile = join(nodes, 'package.json');
	if (!existsSync(packageFile)) await writeFile(packageFile, '{ "name": "installed-nodes", "private": true }\n');
	const args = ['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', tarball];
	const { ok } = await runTool({ command: 'npm', args, cwd: nodes, logFile });
	if (!ok) throw new FixableError(`The package with the nodes couldn't be installed into n8n. What npm said is in ${logFile}`);
}
