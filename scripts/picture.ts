/** `npm run picture`: takes the README's pictures from a running n8n. Needs Chromium. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Page } from 'playwright-core';

import { readExample } from '../n8n/demo/examples';
import { mainJobFile } from '../n8n/demo/mainJob';
import { mocaCredentialData, mocaCredentialType } from '../n8n/demo/n8nCredentials';
import { startDemo, type Demo } from '../n8n/demo/startDemo';
import { executeWorkflow, openBrowser, openNode, parameterInput, signIn } from '../n8n/editor/browser';
import { temporaryFolder } from '../n8n/processes/temporaryFolder';
import { packPackage } from './pack';
import { runScript } from './runScript';

const pictures = join(__dirname, '..', 'docs', 'images');

async function main(): Promise<void> {
	const browser = await openBrowser(); // before all that takes long
	const folder = await temporaryFolder('picture');
	try {
		const tarball = await packPackage();
		const demo = await startDemo({ folder: join(folder, 'n8n'), tarball });
		await rm(dirname(tarball), { recursive: true, force: true });
		try {
			await takePictures(browser.page, demo);
		} finally {
			await demo.stop();
		}
	} finally {
		await browser.close();
		await rm(folder, { recursive: true, force: true });
	}
}

async function takePictures(page: Page, demo: Demo): Promise<void> {
	await mkdir(pictures, { recursive: true });
	await signIn(page, demo.n8n);
	await pictureWorkflow(page, demo, await mainJobWithForm(demo));
	await pictureForm(page);
	await page.setViewportSize({ width: 1600, height: 900 });
	await page.goto(demo.sandbox.url);
	await page.waitForTimeout(1_500);
	await page.screenshot({ path: join(pictures, 'sandbox.png') });
}

/** The main job with its program chosen from the list, and the columns put into the program's fields. Gives the workflow's ID. */
async function mainJobWithForm({ n8n: { rest }, sandbox }: Demo): Promise<string> {
	const program = sandbox.moca.programs[0];
	if (!program) throw new Error('The sandbox has no program.');
	const credentialId = await rest.createCredential(mocaCredentialType, 'Moca Network partner', mocaCredentialData(sandbox));
	const workflowId = await rest.importWorkflow(await readExample(mainJobFile), { [mocaCredentialType]: credentialId });
	await rest.changeNode(workflowId, 'Moca Issue', {
		program: { __rl: true, mode: 'list', value: program.credentialId, cachedResultName: `${program.name} (Sandbox Academy)` },
		subjectMode: 'form',
		subject: {
			mappingMode: 'defineBelow',
			value: Object.fromEntries(program.dataPoints.map(({ name }) => [name, `={{ $json.${name} }}`])),
			schema: [],
		},
	});
	return workflowId;
}

/** The canvas after a run, so that the picture shows how many items went along each line. */
async function pictureWorkflow(page: Page, { n8n }: Demo, workflowId: string): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 660 });
	await page.goto(`${n8n.url}/workflow/${workflowId}`);
	await executeWorkflow(page, 'Write learners-result.csv');
	await page.keyboard.press('1'); // n8n's key for "zoom to fit"
	await page.waitForTimeout(6_000); // until the message about the finished run is gone
	await page.screenshot({ path: join(pictures, 'workflow.png') });
}

async function pictureForm(page: Page): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 954 });
	await openNode(page, 'Moca Issue');
	await parameterInput(page, 'completedOn').waitFor();
	await page.mouse.move(250, 700); // over a field it would show that field's buttons
	await page.waitForTimeout(2_000);
	await page.screenshot({ path: join(pictures, 'moca-issue-form.png') });
}

runScript(main);
