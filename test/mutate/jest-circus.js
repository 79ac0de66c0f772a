const { default: runFile } = require('jest-circus/runner');

const { activeMutant, remember } = require('./seen.js');

/** The change that a test has noticed. */
let noticed;

/** Jest's own way to run a test file, except that no further test runs for a change that was noticed: Jest can't be told so. */
module.exports = async function runUnlessNoticed(globalConfig, config, environment, runtime, testFile, send) {
	const mutant = activeMutant();
	if (mutant === undefined) return await runAndRemember();
	if (mutant === noticed) return leftOut(testFile);
	endAtFirstFailure(environment, () => (noticed = mutant));
	const result = await run();
	if (result.testExecError) noticed = mutant;
	return result;

	async function run() {
		return await runFile(globalConfig, config, environment, runtime, testFile, send);
	}

	async function runAndRemember() {
		const start = performance.now();
		const result = await run();
		const names = result.testResults.map(({ fullName }) => fullName);
		remember(testFile, names, performance.now() - start);
		return result;
	}
};

/** Skips what comes after the first test that fails. */
function endAtFirstFailure(environment, onFailure) {
	const handle = environment.handleTestEvent?.bind(environment);
	let failed = false;
	environment.handleTestEvent = async (event, state) => {
		if (event.name === 'test_start' && failed) event.test.mode = 'skip';
		await handle?.(event, state);
		if (event.name !== 'test_done' || event.test.errors.length === 0) return;
		failed = true;
		onFailure();
	};
}

/** Jest takes a file without a single test for a faulty one. */
const leftOut = (testFile) => ({
	leaks: false,
	numFailingTests: 0,
	numPassingTests: 0,
	numPendingTests: 1,
	numTodoTests: 0,
	openHandles: [],
	perfStats: {
		start: 0,
		end: 0,
		runtime: 0,
		slow: false,
		loadTestEnvironmentStart: 0,
		loadTestEnvironmentEnd: 0,
		setupAfterEnvStart: 0,
		setupAfterEnvEnd: 0,
		setupFilesStart: 0,
		setupFilesEnd: 0,
	},
	skipped: true,
	snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 },
	testFilePath: testFile,
	testResults: [
		{
			ancestorTitles: [],
			failureDetails: [],
			failureMessages: [],
			fullName: 'left out',
			numPassingAsserts: 0,
			status: 'pending',
			title: 'left out',
		},
	],
});
