import { canonicalJson, parseObject } from '../../../lib/values/json';

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

it('canonical JSON has the names of every object in one order, and lists in theirs', () => {
	expect(canonicalJson({ b: [{ d: 1, c: 2 }, 3], a: undefined, A: null })).toBe('{"A":null,"b":[{"c":2,"d":1},3]}');
});
