import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';

import { FixableError } from '../errors';
import { runTool } from '../processes/runTool';
import type { InstalledN8n } from './installN8n';

const checkout = join(__dirname, '..', '..');
const packageName = 'n8n-nodes-moca-learncoin';

/** Where n8n keeps community packages. `folder` is the one that it keeps everything in. */
export const communityFolder = (folder: string): string => join(folder, '.n8n', 'nodes');

/**
 * As README tells users to: by its very command, in a shell of the user whose home is `folder`, with npm's own settings and n8n's own Node.
 *
 * @param tarball the package, as `npm pack` makes it, in the place of its name
 * @throws FixableError when npm can't
 */
export async function installNodes(folder: string, tarball: string, { node }: InstalledN8n, logFile: string): Promise<void> {
	const command = installCommand(await readFile(join(checkout, 'README.md'), 'utf8'), tarball);
	const { PATH = '', LANG, TMPDIR } = process.env;
	const { ok } = await runTool({
		command: 'sh',
		args: ['-c', command],
		cwd: folder,
		// Nothing is to be had from anywhere: the package has to bring all that n8n lacks.
		env: { PATH: `${dirname(node)}${delimiter}${PATH}`, LANG, TMPDIR, HOME: folder, npm_config_offline: 'true' },
		logFile,
	});
	if (!ok) throw new FixableError(`The package with the nodes couldn't be installed into n8n. What npm said is in ${logFile}`);
}

/**
 * The command by which README has the package installed beside n8n, with a tarball in the place of its name.
 *
 * @throws Error when README has no such command
 */
export function installCommand(readme: string, tarball: string): string {
	const [command] = /^npm install .*$/m.exec(readme) ?? [];
	if (!command?.endsWith(` ${packageName}`)) throw new Error('README has no line “npm install …” that ends with the name of the package.');
	return command.slice(0, -packageName.length) + `'${tarball}'`;
}

/**
 * Makes community packages in a folder inside this checkout find the n8n-workflow of the n8n that loads them. Elsewhere they find it anyway, but
 * last: here they would come upon the checkout's own first, and its error classes aren't those that n8n looks for.
 */
export async function linkN8nWorkflow(folder: string, { modules }: InstalledN8n): Promise<void> {
	if (relative(checkout, folder).startsWith('..')) return;
	const packages = join(communityFolder(folder), 'node_modules');
	const link = join(packages, 'n8n-workflow');
	await mkdir(packages, { recursive: true });
	await rm(link, { recursive: true, force: true });
	await symlink(join(modules, 'n8n-workflow'), link);
}
