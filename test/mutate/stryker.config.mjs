/**
 * Mutation testing: `npm run mutate`. It changes the code in one place at a time and looks whether a test notices.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: ['lib/**/*.ts', 'nodes/**/*.ts'],
	testRunner: 'jest',
	jest: {
		configFile: 'test/mutate/jest.config.js',
		// The sequencer knows from the first run which files to take; Jest would read all imports again for each change.
		enableFindRelatedTests: false,
	},
	// Jest's environment is TypeScript, and Stryker loads it without Jest.
	testRunnerNodeArgs: ['--import', 'tsx'],
	coverageAnalysis: 'perTest',
	// What is done once when a file is loaded is tried with all tests; in forms that is most of what there is.
	ignoreStatic: false,
	plugins: ['@stryker-mutator/jest-runner', './test/mutate/formWords.mjs'],
	ignorers: ['form words'],
	disableTypeChecks: false,
	concurrency: 1,
	// n8n's engine stays in memory, a bit more with each test file.
	maxTestRunnerReuse: 200,
	timeoutMS: 10_000,
	dryRunTimeoutMinutes: 20,
	// What no test needs; among it folders that are large, or that change while this runs.
	ignorePatterns: ['/.demo', '/coverage', '/dist', '/docs', '/n8n', '/scripts', '/test/e2e', '/workflows'],
	tempDirName: '.mutate/copy',
	cleanTempDir: 'always',
	incremental: true,
	incrementalFile: '.mutate/results.json',
	reporters: ['clear-text', 'progress', 'html', 'json'],
	clearTextReporter: { allowColor: true, logTests: false, reportTests: false, skipFull: true },
	htmlReporter: { fileName: '.mutate/report.html' },
	jsonReporter: { fileName: '.mutate/report.json' },
	allowEmpty: false,
	thresholds: { high: 95, low: 90, break: 90 },
};
