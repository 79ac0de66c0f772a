const { join } = require('node:path');

const unit = require('../../jest.config.js');

const rootDir = join(__dirname, '../..');

/** Stryker's own `testFiles` leaves what happens when a file is loaded without any test. */
const folders = process.env.MUTATE_TESTS ? process.env.MUTATE_TESTS.split(',') : ['lib', 'nodes', 'credentials'];

/**
 * The tests that a changed line of `lib/` or `nodes/` can break. Those of the sandbox, of scripts and of the house are about other code, and
 * some of them start processes.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...unit,
	rootDir,
	displayName: 'mutate',
	testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
	testPathIgnorePatterns: [],
	// Stryker loads these itself, and knows nothing of <rootDir>.
	testEnvironment: join(rootDir, 'test/support/jest/environment.ts'),
	testSequencer: join(__dirname, 'sequencer.js'),
	// Its name has to have “jest-circus” in it, else Stryker takes it for a test runner that it doesn't know.
	testRunner: join(__dirname, 'jest-circus.js'),
};
