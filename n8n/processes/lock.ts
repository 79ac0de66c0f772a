import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { codeOf } from '../errors';
import { isAlive } from './alive';

export type Lock = { release(): Promise<void> } | { owner: number };

/**
 * Lets one process at a time through: a file that holds the owner's process ID. A file whose owner is gone (an interrupted run) counts for
 * nothing.
 *
 * @returns what gives the way free again, or the process ID of the one that is at it
 */
export async function tryLock(file: string): Promise<Lock> {
	for (;;) {
		if (await tryToWrite(file)) return { release: () => rm(file, { force: true }) };
		const owner = Number(await readFile(file, 'utf8').catch(() => ''));
		if (owner > 0 && isAlive(owner)) return { owner };
		// Gone while we looked, not written yet, or left behind: only the last is ours to remove.
		if (owner > 0) await rm(file, { force: true });
		else await sleep(100);
	}
}

/** Waits until no other process is at it. `onWait` is called once if one is. */
export async function takeLock(file: string, onWait: () => void): Promise<() => Promise<void>> {
	let said = false;
	for (;;) {
		const lock = await tryLock(file);
		if ('release' in lock) return lock.release;
		if (!said) onWait();
		said = true;
		await sleep(500);
	}
}

async function tryToWrite(file: string): Promise<boolean> {
	try {
		await writeFile(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}
