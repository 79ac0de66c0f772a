import { parseObject } from '../../../lib/values/json';

it.each([[{ a: 1 }], ['{"a": 1}'], [' {"a":1}\n']])('%j is an object', (value) =>
	expect(parseObject(value)).toEqual({ ok: true, object: { a: 1 } }),
);

it.each([
	['', 'is empty, not an object'],
	[undefined, 'is empty, not an object'],
	['[1]', 'is a list, not an object'],
	['"x"', 'is a text, not an object'],
	[5, 'is a number, not an object'],
	['{"a": 1,}', 'is not valid JSON: line 1, column 9, near “{"a": 1,}”'],
	['{\n"a": ', 'is not valid JSON: line 2, column 6, near “{ "a":”'],
])('%j %s', (value, why) => expect(parseObject(value)).toMatchObject({ ok: false, why }));
