import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Page } from 'playwright-core';

import { openNode, zoomToFit } from '../../n8n/editor/canvas';
import { nodeForm } from '../../n8n/editor/form';
import type { RunningN8n } from '../../n8n/server/startN8n';

/** Small enough that a page of 800 pixels shows the picture as it is, or nearly. */
const canvasSize = { width: 1400, height: 620 };

async function openWorkflow(page: Page, { url }: RunningN8n, workflowId: string): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.getByTestId('canvas-node').first().waitFor();
}

/** Buttons that the editor lays over the nodes. */
const inFrontOfTheCanvas = ['execute-workflow-button', 'workflow-chat-button'].map((id) => `[data-test-id="${id}"]`);

/** The canvas of a workflow, with its notes. */
export async function pictureCanvas(page: Page, n8n: RunningN8n, workflowId: string, path: string): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await page.setViewportSize(canvasSize);
	await openWorkflow(page, n8n, workflowId);
	await zoomToFit(page);
	await page.addStyleTag({ content: `${inFrontOfTheCanvas.join(', ')} { visibility: hidden !important; }` });
	await page.getByTestId('canvas').screenshot({ path });
}

/** A node's form as it is when somebody adds the node. */
export async function pictureForm(page: Page, n8n: RunningN8n, workflowId: string, nodeName: string, path: string): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await page.setViewportSize({ width: 1600, height: 2400 });
	await openWorkflow(page, n8n, workflowId);
	await openNode(page, nodeName);
	await page.mouse.move(0, 0); // over a field it would show that field's buttons
	await page.waitForTimeout(1_500); // until lists have loaded
	const form = await nodeForm(page).boundingBox();
	const end = await page
		.locator('.node-settings .parameter-input-list-wrapper')
		.first()
		.evaluate((list) => Math.max(...Array.from(list.children).map((child) => child.getBoundingClientRect().bottom)));
	if (!form) throw new Error(`The form of ${nodeName} is not shown.`);
	await page.screenshot({ path, clip: { ...form, height: Math.min(form.height, end + 24 - form.y) } });
}
