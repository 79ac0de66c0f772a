import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { installN8n, type InstalledN8n } from '../install/installN8n';
import { installNodes, linkN8nWorkflow } from '../install/installNodes';

export interface FolderOptions {
	/** Everything this n8n keeps lies in here; a new folder is a new n8n, and one that was used before is as it was left. */
	folder: string;
	/** A package of community nodes to install, as `npm pack` makes it. */
	tarball?: string;
	report?: (line: string) => void;
}

export interface PreparedFolder {
	installed: InstalledN8n;
	folder: string;
	/** Everything n8n writes goes here. */
	logFile: string;
}

/**
 * Makes a folder that n8n can be started in, with the package of nodes in it.
 *
 * @throws FixableError when n8n or the package can't be installed
 */
export async function prepareFolder({ folder: wanted, tarball, report = () => {} }: FolderOptions): Promise<PreparedFolder> {
	const installed = await installN8n({ report });
	await mkdir(join(wanted, '.n8n-files'), { recursive: true });
	const folder = await realpath(wanted); // n8n lets no workflow reach a file through a symbolic link
	const logFile = join(folder, 'n8n.log');
	if (tarball !== undefined) await installNodes(folder, tarball, installed, logFile);
	await linkN8nWorkflow(folder, installed);
	return { installed, folder, logFile };
}
