import { parseInteger, parseNumber } from '../../../lib/values/numbers';

const read = (parsed: ReturnType<typeof parseNumber>) => (parsed.ok ? parsed.value : parsed.why);

describe('a number', () => {
	it.each<[unknown, number]>([
		[92, 92],
		[0, 0],
		[-1.5, -1.5],
		['92', 92],
		[' 92 ', 92],
		['92.50000', 92.5],
		['92,5', 92.5],
		['0,125', 0.125],
		['0.125', 0.125],
		['.5', 0.5],
		['+7', 7],
		['-7,25', -7.25],
		['1,234.5', 1234.5],
		['1.234,5', 1234.5],
		['1,234,567', 1234567],
		['1.234.567', 1234567],
		['1e3', 1000],
		['9.007199254740991e15', 9007199254740991],
		['0e999', 0],
		[-0, 0],
		['-0', 0],
		['-0.0', 0],
		['007', 7],
	])('is read from %p as %p', (value, number) => expect(read(parseNumber(value))).toBe(number));

	it.each<[unknown, string]>([
		['1,234', '“1,234” can be read in two ways: 1234 and 1.234'],
		['1.234', '“1.234” can be read in two ways: 1234 and 1.234'],
		['92%', 'is “92%”, not a number'],
		['92 / 100', 'is “92 / 100”, not a number'],
		['-', 'is “-”, not a number'],
		['', 'is “”, not a number'],
		['0x10', 'is “0x10”, not a number'],
		['Infinity', 'is “Infinity”, not a number'],
		['12345678901234567890', 'is “12345678901234567890”, a number too large to be sent exactly'],
		['1e999', 'is “1e999”, a number too large to be sent exactly'],
		['-1e999', 'is “-1e999”, a number too large to be sent exactly'],
		['9.007199254740993e15', 'is “9.007199254740993e15”, a number too large to be sent exactly'],
		['1e-400', 'is “1e-400”, a number too small to be sent exactly'],
		['9'.repeat(1_000_000), `is “${'9'.repeat(40)}…”, not a number`],
		[1e21, 'is 1e+21, a number too large to be sent exactly'],
		[2 ** 53, 'is 9007199254740992, a number too large to be sent exactly'],
		[-Infinity, 'is -Infinity, not a number'],
		[NaN, 'is NaN, not a number'],
		[true, 'is true, not a number'],
		[null, 'is empty, not a number'],
		[[1], 'is a list, not a number'],
		[{}, 'is an object, not a number'],
	])('is not read from %p', (value, why) => expect(read(parseNumber(value))).toBe(why));
});

describe('a whole number', () => {
	it.each<[unknown, number]>([
		[92, 92],
		['92', 92],
		['92.00', 92],
		['92,0', 92],
		['-3', -3],
	])('is read from %p', (value, number) => expect(read(parseInteger(value))).toBe(number));

	it.each<[unknown, string]>([
		[92.5, 'is 92.5, not a whole number'],
		['92.5', 'is 92.5, not a whole number'],
		['abc', 'is “abc”, not a whole number'],
		['1.000', '“1.000” can be read in two ways: 1000 and 1'],
	])('is not read from %p', (value, why) => expect(read(parseInteger(value))).toBe(why));
});
