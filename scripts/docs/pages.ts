import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { credentialsPage } from './credentialsPage';
import { messagesPage } from './messagesPage';
import { nodePage, pageName, type Surroundings } from './nodePage';
import { checkout, loadCredentials, loadNodes, readManifest } from './nodeTypes';

/** Every page that is written out of the code: its text by its path from the root. */
export async function writtenPages(): Promise<Map<string, string>> {
	const [{ name: packageName }, nodes, credentials, workflows] = await Promise.all([
		readManifest(),
		loadNodes(),
		loadCredentials(),
		readWorkflows(),
	]);
	const surroundings: Surroundings = {
		packageName,
		workflows,
		credentialTitles: new Map(credentials.map(({ name, displayName }) => [name, displayName])),
	};
	const pages = new Map<string, string>([
		['docs/credentials.md', credentialsPage(credentials, nodes, packageName)],
		['docs/messages.md', await messagesPage()],
	]);
	for (const node of nodes) pages.set(`docs/nodes/${pageName(node)}.md`, await nodePage(node, surroundings));
	return new Map(await Promise.all([...pages].map(async ([path, text]) => [path, await inShape(path, text)] as const)));
}

async function inShape(path: string, text: string): Promise<string> {
	return await format(text, { ...(await resolveConfig(join(checkout, path))), parser: 'markdown' });
}

async function readWorkflows(): Promise<Surroundings['workflows']> {
	const files = (await readdir(join(checkout, 'workflows'))).filter((file) => file.endsWith('.json')).sort();
	return await Promise.all(
		files.map(async (file) => {
			const { name, nodes } = JSON.parse(await readFile(join(checkout, 'workflows', file), 'utf8')) as {
				name: string;
				nodes: Array<{ type: string }>;
			};
			return { file, name, types: new Set(nodes.map(({ type }) => type)) };
		}),
	);
}
