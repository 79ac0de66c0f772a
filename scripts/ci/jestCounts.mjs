/**
 * How many tests a Jest run passed and failed, by the summary it prints: `npm test` is run just as a person runs it, without an option of
 * ours that would write a report. Tests may print lines that look like a summary, so the last one counts.
 */
export function jestCounts(output, exitCode) {
	const summary = stripColours(output)
		.split('\n')
		.findLast((line) => /^Tests: +.*\d+ total$/.test(line.trimEnd()));
	const count = (outcome) => Number(summary?.match(new RegExp(`(\\d+) ${outcome}`))?.[1] ?? 0);

	const passed = count('passed');
	const failed = count('failed');
	// A file that doesn't load has no test to fail, and a run without tests proves nothing: both show in no count of Jest's.
	const failedWithoutTest = failed === 0 && (exitCode !== 0 || passed === 0);
	return { passed, failed: failedWithoutTest ? 1 : failed };
}

// eslint-disable-next-line no-control-regex -- colours are control characters
const stripColours = (text) => text.replace(/\u001B\[[\d;]*m/g, '');
