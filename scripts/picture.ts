/** `npm run picture`: takes the README's pictures from a running n8n. Needs Chromium; nothing else in this repository does. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { chromium, selectors, type Page } from 'playwright-core';

import { onSignal } from '../n8n/children';
import { DemoError, explain } from '../n8n/demoError';
import { startDemo, type Demo } from '../n8n/fixture';
import { mainJobFile } from '../n8n/mainJob';
import { packPackage } from './pack';

const pictures = join(__dirname, '..', 'docs', 'images');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const patienceMs = 60_000;

async function main(): Promise<void> {
	if (!existsSync(executablePath))
		throw new DemoError('Chromium is needed for the pictures (Debian: apt install chromium), or its path in CHROMIUM.');
	const folder = await mkdtemp(join(tmpdir(), 'moca-learncoin-picture-'));
	onSignal(() => rm(folder, { recursive: true, force: true }));
	const tarball = await packPackage();
	try {
		const demo = await startDemo({ folder: join(folder, 'n8n'), tarball });
		try {
			await takePictures(demo);
		} finally {
			await demo.stop();
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
		await rm(dirname(tarball), { recursive: true, force: true });
	}
}

async function takePictures(demo: Demo): Promise<void> {
	await mkdir(pictures, { recursive: true });
	selectors.setTestIdAttribute('data-test-id'); // n8n's own spelling
	const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'];
	const browser = await chromium.launch({ executablePath, args });
	try {
		const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: 1.25 });
		page.setDefaultTimeout(patienceMs);
		await signIn(page, demo);
		await pictureWorkflow(page, demo);
		await pictureForm(page);
		await page.goto(demo.sandbox.url);
		await page.waitForTimeout(1_500);
		await page.screenshot({ path: join(pictures, 'sandbox.png') });
	} finally {
		await browser.close();
	}
}

async function signIn(page: Page, { n8n: { url, owner } }: Demo): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/home|\/workflow/);
}

/** The canvas after a run, so that the picture shows how many items went along each line. */
async function pictureWorkflow(page: Page, { n8n, workflowIds }: Demo): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 660 });
	await page.goto(`${n8n.url}/workflow/${workflowIds[mainJobFile]}`);
	await page.getByTestId('execute-workflow-button').first().click();
	const lastNode = page.locator('[data-test-id="canvas-node"][data-node-name="Write learners-result.csv"]');
	await lastNode.getByTestId('canvas-node-status-success').waitFor();
	await page.keyboard.press('1'); // n8n's key for "zoom to fit"
	await page.waitForTimeout(6_000); // until the message about the finished run is gone
	await page.screenshot({ path: join(pictures, 'workflow.png') });
}

async function pictureForm(page: Page): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 900 });
	await page.locator('[data-test-id="canvas-node"][data-node-name="Moca Issue"]').dblclick();
	await page.getByTestId('node-parameters').first().waitFor();
	await page.waitForTimeout(2_000);
	await page.screenshot({ path: join(pictures, 'moca-issue-form.png') });
}

main().catch((error: unknown) => {
	console.error(explain(error));
	process.exit(1);
});
