const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * What Stryker's first run, in which nothing is changed, found out about each test file: the names of its tests, and how long they took in ms.
 * It is kept in Stryker's copy of the repository, because the processes that try the changes are others.
 */
const file = join(__dirname, 'seen.json');

/** @returns {Record<string, { names: string[]; ms: number }>} */
function read() {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return {};
	}
}

/** @type {(testFile: string, names: string[], ms: number) => void} */
const remember = (testFile, names, ms) => writeFileSync(file, JSON.stringify({ ...read(), [testFile]: { names, ms } }));

/** The change that is being tried, if any. */
const activeMutant = () => process.env.__STRYKER_ACTIVE_MUTANT__;

module.exports = { read, remember, activeMutant };
