import { inWordsOfTime } from '../../../lib/values/durations';

it.each([
	[0, '0 seconds'],
	[1_000, '1 second'],
	[90_000, '90 seconds'],
	[12 * 60_000, '12 minutes'],
	[-12 * 60_000, '12 minutes'],
	[119 * 60_000, '119 minutes'],
	[3 * 3_600_000, '3 hours'],
	[50 * 3_600_000, '2 days'],
	[251_700_000_000_000, '7976 years'],
])('%p ms are %s', (ms, words) => {
	expect(inWordsOfTime(ms)).toBe(words);
});
