import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { FixableError } from '../errors';
import { runTool } from '../processes/runTool';
import type { InstalledN8n } from './installN8n';

/** Where n8n keeps community packages. `folder` is the one that it keeps everything in. */
export const communityFolder = (folder: string): string => join(folder, '.n8n', 'nodes');

/**
 * As n8n itself installs community nodes: into `nodes` of its data folder, without the package's peers and scripts.
 *
 * @param tarball the package, as `npm pack` makes it
 * @throws FixableError when npm can't
 */
export async function installNodes(folder: string, tarball: string, logFile: string): Promise<void> {
	const nodes = communityFolder(folder);
	await mkdir(nodes, { recursive: true });
	const packageFile = join(nodes, 'package.json');
	if (!existsSync(packageFile)) await writeFile(packageFile, '{ "name": "installed-nodes", "private": true }\n');
	const args = ['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', tarball];
	const { ok } = await runTool({ command: 'npm', args, cwd: nodes, logFile });
	if (!ok) throw new FixableError(`The package with the nodes couldn't be installed into n8n. What npm said is in ${logFile}`);
}

/**
 * Makes community packages find the n8n-workflow of the n8n that loads them. They find it anyway, but last: in a folder inside this checkout
 * they would come upon the checkout's own first, and its error classes aren't those that n8n looks for.
 */
export async function linkN8nWorkflow(folder: string, { modules }: InstalledN8n): Promise<void> {
	const packages = join(communityFolder(folder), 'node_modules');
	const link = join(packages, 'n8n-workflow');
	await mkdir(packages, { recursive: true });
	await rm(link, { recursive: true, force: true });
	await symlink(join(modules, 'n8n-workflow'), link);
}
