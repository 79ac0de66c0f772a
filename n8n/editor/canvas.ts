import type { Locator, Page } from 'playwright-core';

import { readIcon, type Icon } from './icon';

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

/** Moves and scales the canvas so that all of the workflow is shown. */
export async function zoomToFit(page: Page): Promise<void> {
	await page.keyboard.press('1');
	await page.waitForTimeout(1_000);
}

/** Goes back from a node's form to the canvas. */
export async function closeNode(page: Page): Promise<void> {
	// n8n 1 has a way back instead, where n8n 2 has a cross.
	await page.getByTestId('ndv-close-button').or(page.getByTestId('back-to-canvas')).first().click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

export interface NodeOnCanvas {
	type: string;
	/** What stands at it: its name, and what it does. */
	text: string;
	icon: Icon;
}

/** The nodes of the workflow that is shown, those of n8n's own that have no picture left out. */
export async function nodesOnCanvas(page: Page): Promise<NodeOnCanvas[]> {
	const nodes = await page
		.getByTestId('canvas-node')
		.filter({ has: page.locator('img') })
		.all();
	return await Promise.all(
		nodes.map(async (node) => ({
			type: (await node.getAttribute('data-node-type')) ?? '',
			text: await node.innerText(),
			icon: await readIcon(node.locator('img').first()),
		})),
	);
}
