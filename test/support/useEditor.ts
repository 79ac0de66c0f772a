import type { Page } from 'playwright-core';

import type { Demo } from '../../n8n/demo/startDemo';
import { openBrowser, signIn } from '../../n8n/editor/browser';
import { demoOf, useRunning } from './useDemo';

export interface Editor {
	/** Signed in. */
	page: Page;
	demo: Demo;
	stop(): Promise<void>;
}

/** A real n8n with the packed package and the sandbox, and a browser that is signed in to it, from before a file's first test to after its last. */
export const useEditor = (): (() => Editor) =>
	useRunning(async (installation) => {
		const { page, close } = await openBrowser(); // before what takes long: without Chromium the rest is of no use
		try {
			const demo = await demoOf(installation);
			await signIn(page, demo.n8n);
			return { page, demo, stop: async () => void (await Promise.all([close(), demo.stop()])) };
		} catch (error) {
			await close();
			throw error;
		}
	});
