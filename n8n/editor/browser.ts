import { existsSync } from 'node:fs';

import { chromium, selectors, type Page } from 'playwright-core';

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
