import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { codeOf } from '../errors';
import { isAlive } from './alive';

/**
 * Lets one process at a time through: a file that holds the owner's process ID. A file whose owner is gone (an interrupted run) counts for
 * nothing. `onWait` is called once when another process is at it.
 *
 * @returns what gives the way free again
 */
export async function takeLock(file: string, onWait: () => void): Promise<() => Promise<void>> {
	let said = false;
	for (;;) {
		if (await tryToTake(file)) return () => rm(file, { force: true });
		const owner = Number(await readFile(file, 'utf8').catch(() => ''));
		if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
		else if (!said) {
			said = true;
			onWait();
		}
		await sleep(500);
	}
}

async function tryToTake(file: string): Promise<boolean> {
	try {
		await writeFile(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}
