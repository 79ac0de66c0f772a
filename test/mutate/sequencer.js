const { default: Sequencer } = require('@jest/test-sequencer');

const { activeMutant, read } = require('./seen.js');

/**
 * While a change is tried: only the files that have one of the tests that Stryker asks for, the quickest first. Jest by itself would load all
 * of them, n8n's engine with each, to find that none of their tests is meant.
 */
module.exports = class extends Sequencer {
	constructor(options) {
		super(options);
		this.pattern = new RegExp(options.globalConfig.testNamePattern ?? '', 'i');
	}

	sort(tests) {
		if (activeMutant() === undefined) return super.sort(tests);
		const seen = read();
		const ms = ({ path }) => seen[path].ms;
		const isMeant = ({ path }) => seen[path]?.names.some((name) => this.pattern.test(name));
		return tests.filter(isMeant).sort((one, other) => ms(one) - ms(other));
	}
};
