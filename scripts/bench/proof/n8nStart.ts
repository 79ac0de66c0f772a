import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { temporaryFolder } from '../../../n8n/processes/temporaryFolder';
import { startN8n } from '../../../n8n/server/startN8n';

/** How long n8n takes to start, ms: with this package and without it. */
export interface Starts {
	withPackage: number;
	without: number;
}

const turns = 3;

/** Starts an n8n that has this package and one that hasn't, in turns, three times each; the quickest of each counts. */
export async function measureStarts(tarball: string): Promise<Starts> {
	const folder = await temporaryFolder('bench-start');
	const best: Starts = { withPackage: Infinity, without: Infinity };
	try {
		// The first start of each sets its database up, and isn't timed.
		const withPackage = await startN8n({ folder: join(folder, 'with'), tarball });
		await withPackage.stop();
		const without = await startN8n({ folder: join(folder, 'without') });
		await without.stop();
		for (let turn = 0; turn < turns; turn++) {
			for (const [name, n8n] of Object.entries({ withPackage, without }) as Array<[keyof Starts, typeof without]>) {
				const started = performance.now();
				await n8n.restart();
				best[name] = Math.min(best[name], performance.now() - started);
				await n8n.stop();
			}
		}
		return best;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
