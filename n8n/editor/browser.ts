import { existsSync } from 'node:fs';

import { chromium, selectors, type Locator, type Page } from 'playwright-core';

import { FixableError } from '../errors';
import type { RunningN8n } from '../server/startN8n';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'];
const patienceMs = 30_000;

export interface OpenBrowser {
	page: Page;
	close(): Promise<void>;
}

/**
 * Starts Chromium with one page, large enough for a whole form.
 *
 * @throws FixableError when Chromium isn't there
 */
export async function openBrowser(): Promise<OpenBrowser> {
	if (!existsSync(executablePath)) {
		throw new FixableError(
			`Chromium isn't at ${executablePath}. Install it (Debian: apt install chromium), or put its path into CHROMIUM.`,
		);
	}
	selectors.setTestIdAttribute('data-test-id'); // n8n's own spelling
	const browser = await chromium.launch({ executablePath, args });
	const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: 1.25 });
	page.setDefaultTimeout(patienceMs);
	return { page, close: () => browser.close() };
}

/** Signs the owner in to n8n's editor. */
export async function signIn(page: Page, { url, owner }: RunningN8n): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/home|\/workflow/);
}

/** A node on the canvas of the workflow that is shown. */
const nodeOnCanvas = (page: Page, nodeName: string): Locator => page.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`);

/** Presses “Execute workflow” on the canvas, and waits until this node has been run well. @param trigger to choose beside the button first */
export async function executeWorkflow(page: Page, lastNode: string, trigger?: string): Promise<void> {
	if (trigger !== undefined) {
		await page.getByRole('button', { name: 'Select trigger node' }).click();
		await page.getByRole('menuitem', { name: trigger }).click();
	}
	await page.getByTestId('execute-workflow-button').first().click();
	await nodeOnCanvas(page, lastNode).getByTestId('canvas-node-status-success').waitFor();
}

/** Opens a node's form from the canvas. */
export async function openNode(page: Page, nodeName: string): Promise<void> {
	await nodeOnCanvas(page, nodeName).dblclick();
	await page.getByTestId('node-parameters').first().waitFor();
}

/** The form of the node that is open, without what goes in and comes out. */
export const nodeForm = (page: Page): Locator => page.locator('.node-settings');

/** Moves and scales the canvas so that all of the workflow is shown. */
export async function zoomToFit(page: Page): Promise<void> {
	await page.keyboard.press('1');
	await page.waitForTimeout(1_000);
}

/** Goes back from a node's form to the canvas. */
export async function closeNode(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** The input of a parameter, or of a field of the form for a schema, by its internal name. */
export const parameterInput = (page: Page, name: string): Locator => page.getByTestId(`parameter-input-${name}`);

/** What the node that is open gave out in its last run. */
export const outputPanel = (page: Page): Locator => page.getByTestId('output-panel');

/** Enters text, a number, or a date as the field writes it (2026-06-30 00:00:00). */
export async function enter(page: Page, name: string, text: string): Promise<void> {
	await parameterInput(page, name).locator('input').fill(text);
	await page.keyboard.press('Enter'); // closes a date's calendar
}

/** Enters JSON into a field with a small editor in it. */
export const enterJson = (page: Page, name: string, json: string): Promise<void> =>
	parameterInput(page, name).getByRole('textbox').fill(json);

/** Chooses from the options of a field. */
export async function choose(page: Page, name: string, option: string): Promise<void> {
	await parameterInput(page, name).locator('input').first().click();
	await page.getByRole('option', { name: option }).click();
}

/** In the form for a schema: columns of the input go to the fields of their names. */
export async function mapAutomatically(page: Page): Promise<void> {
	await page.getByTestId('mapping-mode-select').locator('input').click();
	await page.getByRole('option', { name: 'Map Automatically' }).click();
}

/** The entries of the list that is open. */
export const listEntries = (page: Page): Locator => page.getByTestId('rlc-item');

/** Opens the list of a parameter that is chosen from one, such as an issuance program. */
export const openList = (page: Page, name: string): Promise<void> => parameterInput(page, name).getByTestId('rlc-input').click();

/** Looks for a text in the list of a parameter, and picks the entry that has this name. */
export async function pickFromList(page: Page, name: string, search: string, entry: string): Promise<void> {
	await openList(page, name);
	await page.getByTestId('rlc-search').fill(search);
	await listEntries(page).filter({ hasText: entry }).click();
}

/** Changes from the list of a parameter to entering an ID, and enters it. */
export async function enterById(page: Page, name: string, id: string): Promise<void> {
	await parameterInput(page, name).getByTestId('rlc-mode-selector').click();
	await page.getByRole('option', { name: 'By ID' }).click();
	await parameterInput(page, name).getByTestId('rlc-input').fill(id);
	await page.keyboard.press('Tab');
}
