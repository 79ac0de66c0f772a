import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Page } from 'playwright-core';

import { startDemo, type Demo } from '../../n8n/demo/startDemo';
import { openBrowser, signIn, type OpenBrowser } from '../../n8n/editor/browser';
import { temporaryFolder } from '../../n8n/processes/temporaryFolder';
import { packPackage } from '../../scripts/pack';

const minute = 60_000;

export interface Editor {
	/** Signed in. */
	page: Page;
	demo: Demo;
}

/** A real n8n with the packed package and the sandbox, and a browser that is signed in to it, from before a file's first test to after its last. */
export function useEditor(): () => Editor {
	jest.setTimeout(minute);
	let browser: OpenBrowser | undefined;
	let demo: Demo | undefined;
	let folder: string | undefined;

	beforeAll(async () => {
		browser = await openBrowser(); // before all that takes long: without Chromium the rest is of no use
		folder = await temporaryFolder('editor');
		const tarball = await packPackage();
		demo = await startDemo({ folder: join(folder, 'n8n'), tarball });
		await rm(dirname(tarball), { recursive: true });
		await signIn(browser.page, demo.n8n);
	}, 20 * minute);

	afterAll(async () => {
		await browser?.close();
		await demo?.stop();
		if (folder) await rm(folder, { recursive: true, force: true });
	}, minute);

	return () => {
		if (!browser || !demo) throw new Error('n8n has not started yet: ask for the editor in a hook or a test.');
		return { page: browser.page, demo };
	};
}
