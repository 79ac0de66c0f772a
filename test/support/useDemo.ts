import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { startDemo, type Demo, type DemoOptions } from '../../n8n/demo/startDemo';
import { temporaryFolder } from '../../n8n/processes/temporaryFolder';
import { packPackage } from '../../scripts/pack';

const minute = 60_000;

/** A real n8n with the packed package, and the sandbox, from before a file's first test to after its last. */
export const useDemo = (settings?: Settings): (() => Demo) => useRunning((installation) => demoOf(installation, settings));

type Settings = Pick<DemoOptions, 'env'>;

export const demoOf = ({ folder, tarball }: Installation, settings: Settings = {}): Promise<Demo> =>
	startDemo({ folder: join(folder, 'n8n'), tarball, ...settings });

/** What is there to start something with; both are gone afterwards. */
export interface Installation {
	/** Empty. */
	folder: string;
	/** The packed package. */
	tarball: string;
}

/**
 * Whatever needs the packed package, from before a file's first test to after its last. A test has a minute, unless the file says otherwise
 * later.
 *
 * @returns what was started, for hooks and tests
 */
export function useRunning<Running extends { stop(): Promise<void> }>(
	start: (installation: Installation) => Promise<Running>,
): () => Running {
	jest.setTimeout(minute);
	let running: Running | undefined;
	const folders: string[] = [];

	beforeAll(async () => {
		const folder = await temporaryFolder('e2e');
		folders.push(folder);
		const tarball = await packPackage();
		folders.push(dirname(tarball));
		running = await start({ folder, tarball });
	}, 20 * minute);

	afterAll(async () => {
		await running?.stop();
		await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
	}, minute);

	return () => {
		if (!running) throw new Error('n8n has not started yet: ask for it in a hook or a test.');
		return running;
	};
}
