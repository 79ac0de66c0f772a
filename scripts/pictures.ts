/**
 * `npm run picture`: takes the pictures of the README and the docs from a running n8n, and writes down what each was made from. Needs Chromium.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { format, resolveConfig } from 'prettier';
import type { Page } from 'playwright-core';

import { readExample } from '../n8n/demo/examples';
import { mainJobFile } from '../n8n/demo/mainJob';
import { mocaCredentialData, mocaCredentialType } from '../n8n/demo/n8nCredentials';
import { startDemo, type Demo } from '../n8n/demo/startDemo';
import { openBrowser, signIn } from '../n8n/editor/browser';
import { executeWorkflow, openNode, zoomToFit } from '../n8n/editor/canvas';
import { parameterInput } from '../n8n/editor/form';
import { temporaryFolder } from '../n8n/processes/temporaryFolder';
import { smallWorkflow } from '../n8n/rest/smallWorkflow';
import { pageName } from './docs/nodePage';
import { loadNodes, readManifest } from './docs/nodeTypes';
import { packPackage } from './pack';
import { pictureCanvas, pictureForm } from './pictures/editor';
import { madeFromFile, picturesFolder, whatPicturesShow } from './pictures/madeFrom';
import { runScript } from './runScript';

async function main(): Promise<void> {
	const browser = await openBrowser(); // before all that takes long
	const folder = await temporaryFolder('picture');
	const shown = await whatPicturesShow();
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
	await writeFile(
		madeFromFile,
		await format(JSON.stringify(shown), { ...(await resolveConfig(madeFromFile)), parser: 'json', filepath: madeFromFile }),
	);
}

async function takePictures(page: Page, demo: Demo): Promise<void> {
	await mkdir(picturesFolder, { recursive: true });
	await signIn(page, demo.n8n);
	await pictureMainJob(page, demo, await mainJobWithForm(demo));
	await pictureMocaIssue(page);
	await pictureSandbox(page, demo);
	await pictureNodes(page, demo);
	for (const [file, id] of Object.entries(demo.workflowIds)) {
		await pictureCanvas(page, demo.n8n, id, join(picturesFolder, 'workflows', file.replace(/json$/, 'png')));
	}
}

/** Each node as it is when somebody adds it. */
async function pictureNodes(page: Page, { n8n }: Demo): Promise<void> {
	const { name: packageName } = await readManifest();
	for (const node of await loadNodes()) {
		const { displayName, name } = node.description;
		const file = smallWorkflow(displayName, { name: displayName, type: `${packageName}.${name}`, parameters: {} });
		const workflowId = await n8n.rest.importWorkflow(file, {});
		await pictureForm(page, n8n, workflowId, displayName, join(picturesFolder, 'nodes', `${pageName(node)}.png`));
	}
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
async function pictureMainJob(page: Page, { n8n }: Demo, workflowId: string): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 660 });
	await page.goto(`${n8n.url}/workflow/${workflowId}`);
	await executeWorkflow(page, 'Write learners-result.csv', 'Issue');
	await page.waitForTimeout(6_000); // until the message about the finished run is gone
	await zoomToFit(page);
	await page.screenshot({ path: join(picturesFolder, 'workflow.png') });
}

/** Filled in, and run. */
async function pictureMocaIssue(page: Page): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 954 });
	await openNode(page, 'Moca Issue');
	await parameterInput(page, 'completedOn').waitFor();
	await page.mouse.move(250, 700); // over a field it would show that field's buttons
	await page.waitForTimeout(2_000);
	await page.screenshot({ path: join(picturesFolder, 'moca-issue-form.png') });
}

async function pictureSandbox(page: Page, { sandbox }: Demo): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 900 });
	await page.goto(sandbox.url);
	await page.waitForTimeout(1_500);
	await page.screenshot({ path: join(picturesFolder, 'sandbox.png') });
}

runScript(main);
