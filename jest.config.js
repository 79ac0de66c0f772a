const { availableParallelism } = require('node:os');

/** Modules that are published as ES modules only; Jest runs CommonJS, so swc turns them too. */
const esModules = ['@noble/hashes', '@scure/base', 'cborg', 'jose', 'p-limit', 'yocto-queue'];

/**
 * The unit tests. Those with a real n8n and a real browser have a configuration of their own, test/e2e/jest.config.js: with both in one,
 * choosing between them by `--selectProjects` would take a file's name after it for one more project.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	displayName: 'unit',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
	// Mutation testing keeps copies of the repository there.
	modulePathIgnorePatterns: ['<rootDir>/.mutate/'],
	// Offered to ES modules alone, and Jest asks as CommonJS does.
	moduleNameMapper: { '^cborg$': '<rootDir>/node_modules/cborg/cborg.js' },
	testEnvironment: '<rootDir>/test/support/jest/environment.ts',
	transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
	transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
	// Jest leaves one core alone. Of two that would leave one, where each test waits while another one does: most wait for a clock now and then.
	maxWorkers: Math.max(2, availableParallelism() - 1),
	// Loading n8n's engine takes seconds on a busy machine; no test is about how long it takes.
	testTimeout: 30_000,
};
