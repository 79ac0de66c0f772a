import type { Locator, Page } from 'playwright-core';

import { takenOver } from './form';

/** What the node that is open gave out in its last run. */
export const outputPanel = (page: Page): Locator => page.getByTestId('output-panel');

/** A run as the editor shows it: a table, or a failure with its headline and what to do. */
export type ShownRun = { columns: string[]; rows: string[][] } | { headline: string; hint: string };

/** Presses “Execute step” in the form that is open, and reads what the panel beside it shows when the step has ended. */
export async function executeStep(page: Page): Promise<ShownRun> {
	await takenOver(page);
	// n8n takes an earlier run's output away before it asks for a new one.
	const asked = page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run/.test(response.url()));
	await page.getByTestId('node-execute-button').click();
	await asked;
	await page.getByTestId(/^node-run-status-(success|danger)$/).waitFor();
	return await readOutput(page);
}

async function readOutput(page: Page): Promise<ShownRun> {
	const headline = outputPanel(page).getByTestId('node-error-message');
	const table = outputPanel(page).locator('table');
	await headline.or(table).first().waitFor();
	if (await headline.isVisible()) {
		const hint = outputPanel(page).getByTestId('node-error-description');
		return { headline: await headline.innerText(), hint: await hint.innerText() };
	}
	const rows = await table.locator('tbody tr').all();
	return {
		columns: textsOf(await table.locator('thead th').allInnerTexts()),
		rows: await Promise.all(rows.map(async (row) => textsOf(await row.locator('td').allInnerTexts()))),
	};
}

const textsOf = (cells: string[]): string[] => cells.map((text) => text.trim());
