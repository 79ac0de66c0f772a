const { join } = require('node:path');

const unit = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...unit,
	rootDir: join(__dirname, '../..'),
	displayName: 'e2e',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: [],
	testEnvironment: 'node',
};
