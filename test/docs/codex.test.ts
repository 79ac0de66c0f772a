import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkout, loadNodes } from '../../scripts/docs/nodeTypes';
import { pageName } from '../../scripts/docs/nodePage';

/** By a node's codex file n8n's search finds it, and its panel links to a page. */
interface Codex {
	node: string;
	categories: string[];
	alias: string[];
	resources: { primaryDocumentation: Array<{ url: string }>; credentialDocumentation: Array<{ url: string }> };
}

/** n8n shows a node under these; any other word is shown nowhere. */
const categories = [
	'Development',
	'Miscellaneous',
	'Utility',
	'Productivity',
	'Data & Storage',
	'Finance & Accounting',
	'Marketing & Content',
	'Sales',
	'Analytics',
	'Communication',
];

async function codexFiles(): Promise<Array<{ type: string; displayName: string; page: string; codex: Codex }>> {
	return (await loadNodes()).map((node) => {
		const { name, displayName } = node.description;
		const file = `${node.folder}/${name.charAt(0).toUpperCase()}${name.slice(1)}.node.json`;
		const codex = JSON.parse(readFileSync(join(checkout, file), 'utf8')) as Codex;
		return { type: `n8n-nodes-moca-learncoin.${name}`, displayName, page: pageName(node), codex };
	});
}

it('every node has a codex file for its own type, with categories that n8n knows', async () => {
	for (const { type, codex } of await codexFiles()) {
		expect(codex.node).toBe(type);
		expect(categories).toEqual(expect.arrayContaining(codex.categories));
	}
});

it('a node’s page is its documentation, and its credential’s part of the page on credentials', async () => {
	for (const { page, codex } of await codexFiles()) {
		expect(codex.resources.primaryDocumentation[0]?.url).toMatch(new RegExp(`/blob/main/docs/nodes/${page}\\.md$`));
		expect(codex.resources.credentialDocumentation[0]?.url).toMatch(/\/blob\/main\/docs\/credentials\.md#/);
	}
});

it.each(['certificate', 'badge', 'verifiable credential', 'LMS', 'open badges', 'diploma', 'KYC', 'micro-credential', 'course completion'])(
	'who looks for “%s” finds a node that issues',
	async (words) => {
		const found = (await codexFiles()).filter(({ codex }) => codex.alias.includes(words)).map(({ displayName }) => displayName);
		expect(found.some((name) => name === 'Moca Issue' || name === 'LearnCoin Batch')).toBe(true);
	},
);

it('no alias stands twice in a file', async () => {
	const twice = (await codexFiles()).flatMap(({ displayName, codex: { alias } }) =>
		alias
			.filter((word, index) => alias.findIndex((other) => other.toLowerCase() === word.toLowerCase()) < index)
			.map((word) => `${displayName}: ${word}`),
	);
	expect(twice).toEqual([]);
});
