import type { Page } from 'playwright-core';

import { credentialIcons } from '../../n8n/editor/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { nodesOnCanvas } from '../../n8n/editor/canvas';
import { iconsIn, openNodePanel, searchNodes } from '../../n8n/editor/nodePanel';
import type { NodeTypeDescription } from '../../n8n/rest/nodeTypes';
import { smallWorkflow } from '../../n8n/rest/smallWorkflow';
import { useEditor } from '../support/useEditor';

/** How the nodes are found and told apart by somebody who has n8n's editor before them, and no idea what the nodes are called. */
const editor = useEditor();
const packageName = 'n8n-nodes-moca-learncoin';

let demo: Demo;
let page: Page;
let nodes: NodeTypeDescription[];
beforeAll(async () => {
	({ demo, page } = editor());
	// n8n makes another type of each node that agents may use; people find the node itself.
	nodes = (await demo.n8n.rest.nodeTypesOf(packageName)).filter(({ name }) => !name.endsWith('Tool'));
});

/** What the panel shows in a window of this height before anybody scrolls. */
const onFirstScreen = 7;

describe('the panel’s search', () => {
	beforeAll(async () => {
		await page.goto(`${demo.n8n.url}/workflow/new`);
		await openNodePanel(page);
	});

	test('finds every node on its first screen by every alias of its codex file', async () => {
		expect(nodes).toHaveLength(9);
		const wanted = new Map<string, string[]>();
		for (const { name, codex } of nodes) {
			expect([name, codex?.alias?.length]).toEqual([name, expect.any(Number)]);
			for (const alias of codex?.alias ?? []) wanted.set(alias, [...(wanted.get(alias) ?? []), name]);
		}
		const notFound: string[] = [];
		for (const [alias, names] of wanted) {
			const found = (await searchNodes(page, alias)).slice(0, onFirstScreen);
			notFound.push(
				...names.filter((name) => !found.includes(name)).map((name) => `${name} by “${alias}”, which finds ${found.join(', ')}`),
			);
		}
		expect(notFound).toEqual([]);
	}, 180_000);

	test.each([
		'certificate',
		'certificates',
		'badge',
		'digital badge',
		'diploma',
		'LMS',
		'course completion',
		'verifiable credential',
		'credential',
		'issue credential',
		'issue certificate',
		'Open Badges',
		'student',
		'KYC',
		'moca',
		'learncoin',
	])('“%s” finds one of ours among the first three', async (words) => {
		const found = (await searchNodes(page, words)).slice(0, 3);
		expect(found).toContainEqual(expect.stringMatching(`^${packageName}\\.`));
	});
});

describe.each([
	['light', /\/(?!.*\.dark\.svg$)[^/]+\.svg$/],
	['dark', /\.dark\.svg$/],
] as const)('in an editor that is %s', (colorScheme, iconFile) => {
	beforeAll(async () => await page.emulateMedia({ colorScheme }));
	afterAll(async () => await page.emulateMedia({ colorScheme: null }));

	const icon = { path: expect.stringMatching(iconFile), isShown: true };

	test('every node shows its icon for that on the canvas', async () => {
		const all = nodes.map(({ name, displayName }) => ({ name: displayName, type: name, parameters: {} }));
		const workflowId = await demo.n8n.rest.importWorkflow(smallWorkflow('All nodes', ...all), {});
		await page.goto(`${demo.n8n.url}/workflow/${workflowId}`);
		await page.getByTestId('canvas-node').first().waitFor();
		const shown = (await nodesOnCanvas(page)).map(({ type, icon }) => ({ type, icon }));
		expect(shown).toEqual(nodes.map(({ name }) => ({ type: name, icon })));
		expect(new Set(shown.map(({ icon: { path } }) => path)).size).toBe(nodes.length);
	});

	test('and in the panel', async () => {
		await openNodePanel(page);
		for (const service of ['learncoin', 'moca network']) {
			await searchNodes(page, service);
			const icons = await iconsIn(page, packageName);
			expect(icons.length).toBeGreaterThanOrEqual(4);
			expect(icons).toEqual(icons.map(() => icon));
		}
	});

	test('each n8n credential shows its icon in n8n’s list', async () => {
		const icons = await credentialIcons(page, demo.n8n);
		expect(icons).toEqual([icon, icon]);
	});
});
