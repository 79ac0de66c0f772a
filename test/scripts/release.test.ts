import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const check = join(__dirname, '../../.github/checkRelease.mjs');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'release-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const goodChangelog =
	'# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-21\n\n### Added\n\n- Something.\n\n## [1.2.2] - 2026-11-20\n\n- Less.\n';

function run(tag: string, changes: { version?: string; locked?: string; changelog?: string } = {}) {
	const { version = '1.2.3', changelog = goodChangelog } = changes;
	const { locked = version } = changes;
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
	writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ version: locked, packages: { '': { version: locked } } }));
	writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
	const { status, stdout } = spawnSync(process.execPath, [check, tag, folder], { encoding: 'utf8' });
	return { status, said: stdout.trim() };
}

it('a tag that is the version, with a section of its own in the changelog, may be published', () => {
	expect(run('v1.2.3')).toEqual({ status: 0, said: 'v1.2.3 may be published.' });
});

it.each([
	['another tag', () => run('v1.2.4'), 'the tag has to be v1.2.3'],
	['a tag without v', () => run('1.2.3'), 'the tag has to be v1.2.3'],
	['a lock file of another version', () => run('v1.2.3', { locked: '1.2.2' }), 'package-lock.json has another version'],
	['a changelog without the section', () => run('v1.2.4', { version: '1.2.4' }), 'no section [1.2.4]'],
	['a section without its day', () => run('v1.2.3', { changelog: goodChangelog.replace('2026-11-21', 'Unreleased') }), 'on which day'],
	['a section with nothing in it', () => run('v1.2.3', { changelog: goodChangelog.replace('- Something.\n', '') }), 'what is in 1.2.3'],
	[
		'something that is still unreleased',
		() => run('v1.2.3', { changelog: goodChangelog.replace('[Unreleased]\n', '[Unreleased]\n\n- More.\n') }),
		'still has something under [Unreleased]',
	],
])('%s keeps it from being published', (_what, refused, why) => {
	const { status, said } = refused();
	expect(said).toContain(why);
	expect(status).toBe(1);
});
