import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { takeLock, tryLock } from '../../../n8n/processes/lock';

let folder: string;
let file: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lock-'));
	file = join(folder, 'lock');
});

afterEach(() => rm(folder, { recursive: true }));

test('the second waits until the first gives the way free', async () => {
	const release = await takeLock(file, () => {});
	const onWait = jest.fn(() => void release());
	const releaseSecond = await takeLock(file, onWait);
	expect(onWait).toHaveBeenCalledTimes(1);
	expect(await readFile(file, 'utf8')).toBe(String(process.pid));
	await releaseSecond();
});

test('a lock whose owner is gone counts for nothing', async () => {
	const { pid } = spawnSync(process.execPath, ['--version']);
	await writeFile(file, String(pid));
	const onWait = jest.fn();
	await (
		await takeLock(file, onWait)
	)();
	expect(onWait).not.toHaveBeenCalled();
});

test('who only tries is told which process is at it', async () => {
	const release = await takeLock(file, () => {});
	expect(await tryLock(file)).toEqual({ owner: process.pid });
	await release();
	expect(await tryLock(file)).toHaveProperty('release');
});
