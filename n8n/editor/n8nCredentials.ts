import type { Locator, Page } from 'playwright-core';

import type { RunningN8n } from '../server/startN8n';
import { parameterInput } from './form';
import { readIcon, type Icon } from './icon';

const dialog = (page: Page): Locator => page.getByTestId('node-credentials-config-container');

/** The button that saves the n8n credential whose dialog is open; n8n tests the connection then. */
const saveButton = (page: Page): Locator => page.getByTestId('credential-save-button').getByRole('button');

/** Until n8n lets nobody save what the dialog holds, because something is missing. */
export const untilItCannotBeSaved = (page: Page): Promise<void> => saveButton(page).and(page.locator(':disabled')).waitFor();

/** Opens the dialog for a new n8n credential, from n8n's list of them. @param type as people read it */
export async function openNewCredential(page: Page, { url }: RunningN8n, type: string): Promise<void> {
	await page.goto(`${url}/home/credentials/create`);
	await page.getByTestId('new-credential-type-select').locator('input').first().fill(type);
	await page.getByRole('option', { name: type, exact: true }).click();
	await page.getByTestId('new-credential-type-button').click();
	await dialog(page).waitFor();
}

/** Enters a text, of one line or several, into a field of the dialog. */
export const enterSetting = async (page: Page, name: string, text: string): Promise<void> =>
	await parameterInput(page, name).locator('input, textarea').first().fill(text);

/** What n8n shows of a connection test. */
export interface ShownTest {
	passed: boolean;
	/** n8n's own, the same for every service. */
	headline: string;
	/** Behind “More details”. Of a test that passed n8n shows no more. */
	words: string;
}

/** Saves the n8n credential, and reads what the dialog shows of the test that follows. */
export async function saveAndTest(page: Page): Promise<ShownTest> {
	const answered = page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'));
	await saveButton(page).click();
	const { data } = (await (await answered).json()) as { data: { status: 'OK' | 'Error'; message: string } };
	if (data.status === 'OK') {
		const banner = dialog(page).getByText('Connection tested successfully');
		await banner.waitFor();
		return { passed: true, headline: (await banner.innerText()).trim(), words: '' };
	}
	const banner = dialog(page).getByText('Couldn’t connect with these settings');
	await banner.waitFor();
	const more = dialog(page).getByText('More details');
	if (await more.isVisible()) await more.click();
	// An earlier test's words stay until this one's take their place.
	const words = dialog(page).getByText(data.message, { exact: true });
	await words.waitFor();
	return { passed: false, headline: (await banner.innerText()).trim(), words: await words.innerText() };
}

/** The icons in n8n's list of n8n credentials. */
export async function credentialIcons(page: Page, { url }: RunningN8n): Promise<Icon[]> {
	await page.goto(`${url}/home/credentials`);
	const cards = page.getByTestId('resources-list-item');
	await cards.first().waitFor();
	return await Promise.all((await cards.all()).map(async (card) => await readIcon(card.locator('img').first())));
}
