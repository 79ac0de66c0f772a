import { parseBoolean } from '../../../lib/values/booleans';

const read = (value: unknown) => {
	const parsed = parseBoolean(value);
	return parsed.ok ? parsed.value : parsed.why;
};

it.each([true, 'true', 'TRUE', 'yes', ' Yes ', 'y', 'on', 1, '1'])('%p is true', (value) => expect(read(value)).toBe(true));

it.each([false, 'false', 'False', 'no', 'N', 'off', 0, '0'])('%p is false', (value) => expect(read(value)).toBe(false));

it.each<[unknown, string]>([
	['passed', 'is “passed”, neither yes nor no'],
	['constructor', 'is “constructor”, neither yes nor no'],
	[2, 'is “2”, neither yes nor no'],
	['', 'is “”, neither yes nor no'],
	[[], 'is a list, neither yes nor no'],
	[{}, 'is an object, neither yes nor no'],
])('%p is neither', (value, why) => expect(read(value)).toBe(why));
