import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const checkout = join(__dirname, '../..');

it('the pages that are written out of the code say what the code says', () => {
	// In a process of its own: Prettier loads parts of itself in a way that Jest doesn't allow.
	const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/docs.ts', '--check'], {
		cwd: checkout,
		encoding: 'utf8',
	});
	expect(stdout + stderr).toBe('');
}, 60_000);
