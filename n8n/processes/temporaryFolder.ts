import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onSignal } from './children';

/** Makes a new folder for what only this run needs. Whoever asks for it removes it; a signal that ends us does so too. */
export async function temporaryFolder(name: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `moca-learncoin-${name}-`));
	onSignal(() => rm(folder, { recursive: true, force: true }));
	return folder;
}
