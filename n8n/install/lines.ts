import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FixableError } from '../errors';

/**
 * A line of n8n that people run, with one version of it pinned. Its folder holds package.json, the lock file and npm's settings, from which
 * it is installed; which Node it gets is the package `node` in there.
 */
export interface N8nLine {
	/** The first two numbers of its version, as `--n8n` and N8N_LINE name it. */
	name: string;
	folder: string;
	/** The pinned version, such as 2.40.5. */
	version: string;
	/** What installing it takes, in words. */
	cost: string;
	/** Settings that this line needs, or that no other knows. */
	env: Record<string, string>;
}

const linesFolder = join(__dirname, '..', 'lines');

/** The newest that installs comes first: it is the one that is meant where nobody chooses. */
const lines: Record<string, Pick<N8nLine, 'cost' | 'env'>> = {
	// The module asks a service of n8n's for what it lists.
	'2.40': { cost: 'about 5 minutes, 2.3 GB', env: { N8N_DISABLED_MODULES: 'mcp-registry' } },
	// The last line before n8n 2, still maintained. Without a pool of connections it writes that an execution has ended, and then its data: who
	// looks between the two sees none.
	'1.123': { cost: 'about 4 minutes, 1.4 GB', env: { DB_SQLITE_POOL_SIZE: '2' } },
};

export const lineNames = Object.keys(lines);

/**
 * The line of this name, or the one that N8N_LINE of the environment names, or the newest.
 *
 * @throws FixableError when there is no such line
 */
export function n8nLine(wanted = process.env.N8N_LINE || lineNames[0]): N8nLine {
	const found = Object.entries(lines).find(([name]) => name === wanted);
	if (!found) throw new FixableError(`There is no n8n line “${wanted}” here, only: ${lineNames.join(', ')}`);
	const [name, own] = found;
	const folder = join(linesFolder, name);
	const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: { n8n: string } };
	return { name, folder, version: dependencies.n8n, ...own };
}
