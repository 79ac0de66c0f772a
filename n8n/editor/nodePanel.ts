import type { Locator, Page } from 'playwright-core';

import { readIcon, type Icon } from './icon';

const panel = (page: Page): Locator => page.getByTestId('node-creator');
const searchField = (page: Page): Locator => page.getByTestId('node-creator-search-bar');
const nothingFound = (page: Page): Locator => page.getByTestId('node-creator-no-results');
const entries = (page: Page): Locator => panel(page).getByTestId('item-iterator-item');

/** By this an entry is told from all others, also from the same one found again: `<node type>-<UUID>`. */
const idAttribute = 'data-keyboard-nav-id';
const uuid = /-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idsOf = async (shown: Locator): Promise<string[]> =>
	await shown.evaluateAll((all, name) => all.map((entry) => entry.getAttribute(name) ?? ''), idAttribute);

/** Opens the panel in which nodes are searched, over a workflow. */
export async function openNodePanel(page: Page): Promise<void> {
	await page.getByTestId('node-creator-plus-button').click();
	await searchField(page).waitFor();
}

/**
 * Types words into the panel's search, other ones than are there.
 *
 * @returns the node types it finds, each with its package's name, in the order in which they are shown
 */
export async function searchNodes(page: Page, words: string): Promise<string[]> {
	if (await nothingFound(page).isVisible()) {
		await searchField(page).fill('');
		await nothingFound(page).waitFor({ state: 'hidden' });
	}
	const before = await idsOf(entries(page));
	const old = before.map((id) => `[${idAttribute}="${id}"]`).join(', ');
	await searchField(page).fill(words);
	// Looks at every frame: hundreds of searches wait here.
	if (old !== '') await page.waitForFunction((selector) => document.querySelector(selector) === null, old);
	await entries(page).first().or(nothingFound(page)).first().waitFor();
	return (await idsOf(entries(page))).map((id) => id.replace(uuid, ''));
}

/** The icons of a package's nodes, as the panel shows them. */
export async function iconsIn(page: Page, packageName: string): Promise<Icon[]> {
	const found = await panel(page).locator(`[${idAttribute}^="${packageName}."]`).all();
	return await Promise.all(found.map(async (entry) => await readIcon(entry.locator('img').first())));
}

/** Chooses a node that the search has found. The panel then shows what the node is, and what it can do. */
export async function chooseNode(page: Page, nodeType: string): Promise<void> {
	await panel(page).locator(`[data-keyboard-nav-type="node"][${idAttribute}^="${nodeType}-"]`).click();
	await panel(page).getByText('Installed', { exact: true }).waitFor();
}

/** A node's own actions, or what it starts a workflow on, that the panel offers: not what n8n offers to put before it. */
const actions = (page: Page, nodeType: string): Locator =>
	panel(page).locator(`[data-keyboard-nav-type="action"][${idAttribute}^="${nodeType}-"]`);

/** The texts of a chosen node's actions. A node without any is added by a button. */
export async function actionsOf(page: Page, nodeType: string): Promise<string[]> {
	const add = panel(page).getByRole('button', { name: 'Add to workflow' });
	await actions(page, nodeType).first().or(add).first().waitFor();
	return await actions(page, nodeType).allInnerTexts();
}

/** Adds the chosen node to the workflow, for one of its actions, or for the only thing it does. Its form is open then. */
export async function addNode(page: Page, nodeType: string, action?: string): Promise<void> {
	if (action === undefined) await panel(page).getByRole('button', { name: 'Add to workflow' }).click();
	else await actions(page, nodeType).filter({ hasText: action }).click();
	await page.getByTestId('node-parameters').first().waitFor();
}
