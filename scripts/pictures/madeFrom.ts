import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { pageName } from '../docs/nodePage';
import { checkout, loadNodes } from '../docs/nodeTypes';

export const picturesFolder = join(checkout, 'docs', 'images');

/** Beside the pictures: what each one was made from, so that a test can tell which one is older than what it shows. */
export const madeFromFile = join(picturesFolder, 'made-from.json');

/** A fingerprint of what each picture shows, by the picture's path below `docs/images`. */
export async function whatPicturesShow(): Promise<Record<string, string>> {
	const nodes = await loadNodes();
	const ofNode = await Promise.all(
		nodes.map(
			async (node) => [`nodes/${pageName(node)}.png`, hashOf(JSON.stringify(node.description), await iconOf(node.folder))] as const,
		),
	);
	const workflows = (await readdir(join(checkout, 'workflows'))).filter((file) => file.endsWith('.json'));
	const ofWorkflow = await Promise.all(
		workflows.map(async (file) => [`workflows/${file.replace(/json$/, 'png')}`, hashOf(await read('workflows', file))] as const),
	);
	const pages = (await readdir(join(checkout, 'sandbox', 'page'))).sort();
	const all = Object.fromEntries([...ofNode, ...ofWorkflow]);
	return {
		...all,
		'workflow.png': all['workflows/moca-bulk-issue-from-csv.png']!,
		'moca-issue-form.png': all['nodes/moca-issue.png']!,
		'sandbox.png': hashOf(...(await Promise.all(pages.map(async (file) => await read('sandbox', 'page', file))))),
	};
}

const read = async (...path: string[]): Promise<string> => await readFile(join(checkout, ...path), 'utf8');

async function iconOf(folder: string): Promise<string> {
	const icon = (await readdir(join(checkout, folder))).find((file) => /^\w+\.svg$/.test(file));
	return icon === undefined ? '' : await read(folder, icon);
}

const hashOf = (...texts: string[]): string => createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
