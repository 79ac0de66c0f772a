import type { setSafeRegexEngine } from 'n8n-workflow';

const withAll = (flags = '') => (flags.includes('g') ? flags : `${flags}g`);

/**
 * n8n gives a pattern 250 ms, so that none in a workflow holds it up. On a busy machine a test's process is stopped for that long now and
 * then, and the pattern is blamed. The patterns that the engine meets here are the nodes' own, and have no clock.
 */
export const unhurriedRegex: Parameters<typeof setSafeRegexEngine>[0] = {
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) => input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, withAll(flags)))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
};
