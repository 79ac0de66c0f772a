import type { Locator, Page } from 'playwright-core';

/** The form of the node that is open, without what goes in and comes out. */
export const nodeForm = (page: Page): Locator => page.locator('.node-settings');

/** The input of a parameter, or of a field of the form for a schema, by its internal name. */
export const parameterInput = (page: Page, name: string): Locator => page.getByTestId(`parameter-input-${name}`);

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
	// An option may be another one's beginning, and has its description with it.
	await page
		.getByRole('option')
		.filter({ has: page.getByText(option, { exact: true }) })
		.click();
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
	await listEntries(page).first().waitFor();
	const found = listEntries(page).filter({ hasText: entry });
	// What n8n 1 is still loading, such as a further page, it also takes for the answer to what is typed meanwhile, and keeps that for this text.
	for (let missing = 0; missing < mostMissing; missing++) {
		await page.getByTestId('rlc-search').fill(search.slice(0, search.length - missing));
		if (await isShownWithin(searchTakesMs, found)) break;
	}
	await found.click();
}

/** n8n waits a second for further letters. */
const searchTakesMs = 6_000;
/** Letters of a search that are left out in the end. */
const mostMissing = 3;

const isShownWithin = (timeout: number, shown: Locator): Promise<boolean> =>
	shown.waitFor({ timeout }).then(
		() => true,
		() => false,
	);

/** n8n takes over what was entered or chosen a moment later, and shows by nothing that it has; what is executed before runs with what was there. */
export const takenOver = (page: Page): Promise<void> => page.waitForTimeout(1_000);

/** Changes from the list of a parameter to entering an ID, and enters it. */
export async function enterById(page: Page, name: string, id: string): Promise<void> {
	await parameterInput(page, name).getByTestId('rlc-mode-selector').click();
	await page.getByRole('option', { name: 'By ID' }).click();
	await parameterInput(page, name).getByTestId('rlc-input').fill(id);
	await page.keyboard.press('Tab');
	await takenOver(page);
}
