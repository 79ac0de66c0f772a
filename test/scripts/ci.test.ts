import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runner = join(__dirname, '../../scripts/ci/run.mjs');
const timeout = 30_000;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ci-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const allGood = {
	test: 'echo "Tests:       2 skipped, 40 passed, 42 total"',
	// What npm adds behind the script, the line of n8n, is a comment to the shell.
	'test:e2e': 'echo "Tests:       3 passed, 3 total" #',
	lint: 'exit 0',
	scan: 'exit 0',
};

/** Runs the checks in a package whose scripts only pretend. */
function run(scripts: Partial<typeof allGood>) {
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { ...allGood, ...scripts } }));
	const { status, stdout } = spawnSync(process.execPath, [runner], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
	return { status, stdout, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

it(
	'counts the tests of all runs, n8n’s older line among them, and lint and scan as one each',
	() => {
		expect(run({})).toMatchObject({ status: 0, lastLine: '48 passed, 0 failed' });
	},
	timeout,
);

it(
	'goes on after a failure, and fails',
	() => {
		const test = 'echo "Tests:       1 failed, 39 passed, 40 total" && exit 1';
		const { status, stdout, lastLine } = run({ test, lint: 'exit 1', scan: 'echo scanned' });
		expect(stdout).toContain('scanned');
		expect({ status, lastLine }).toEqual({ status: 1, lastLine: '46 passed, 2 failed' });
	},
	timeout,
);

it(
	'takes a run without a single test for a failure, also when it ended well',
	() => {
		expect(run({ 'test:e2e': 'echo "Tests:       0 total" #' })).toMatchObject({ status: 1, lastLine: '42 passed, 2 failed' });
	},
	timeout,
);

it(
	'takes a test file that does not load for a failure',
	() => {
		const test = 'echo "Test Suites: 1 failed, 1 passed, 2 total" && echo "Tests:       40 passed, 40 total" && exit 1';
		expect(run({ test })).toMatchObject({ status: 1, lastLine: '48 passed, 1 failed' });
	},
	timeout,
);

it(
	'ends although a step left a process behind that holds its output',
	() => {
		const { status, lastLine } = run({ scan: '(sleep 30 &) ; exit 0' });
		expect({ status, lastLine }).toEqual({ status: 0, lastLine: '48 passed, 0 failed' });
	},
	timeout,
);
