import type { INodeExecutionData } from 'n8n-workflow';

import { fieldOf, plainFields, templateOf } from '../../../lib/n8n/plainFields';

it.each([
	['={{ $json.email }}', ['email']],
	['={{$json.email}}', ['email']],
	['={{ $json.body.learner.email }}', ['body', 'learner', 'email']],
	['={{ $json["full name"] }}', ['full name']],
	["={{ $json.body['full name'].first }}", ['body', 'full name', 'first']],
])('%s is a field of the item: %j', (raw, field) => {
	expect(fieldOf(raw)).toEqual(field);
});

it.each([
	'={{ $json.email.trim() }}',
	'={{ $json.a + $json.b }}',
	'={{ $json.a ?? "none" }}',
	'={{ $json?.email }}',
	'={{ $json[0] }}',
	'={{ $json[$json.which] }}',
	'={{ $json["a\\"b"] }}',
	'={{ $json }}',
	'= {{ $json.email }}',
	'={{ $json.email }} ',
	'=To {{ $json.email }}',
	'={{ $json.email }}{{ $json.email }}',
	'={{ $("Table").item.json.email }}',
	'{{ $json.email }}',
	'email',
	12,
	undefined,
])('%j is more, or less, than that', (raw) => {
	expect(fieldOf(raw)).toBeUndefined();
});

/** Reads `$json.a` of each item; n8n gives what `n8n` says, or else the same. */
function read(values: unknown[], n8n: (value: unknown, index: number) => unknown = (value) => value) {
	const asked: number[] = [];
	const readField = plainFields(values.map((a) => ({ json: { a } })) as INodeExecutionData[]);
	const got = values.map((value, index) =>
		readField('text', templateOf('={{ $json.a }}')!, index, () => {
			asked.push(index);
			return n8n(value, index);
		}),
	);
	return { got, asked };
}

it('n8n is asked for the first two items, and for no other where it says the same', () => {
	expect(read(['x', 'y', 'z', ''])).toEqual({ got: ['x', 'y', 'z', ''], asked: [0, 1] });
});

it('where n8n says otherwise even once, it is asked for all', () => {
	const always = (value: unknown) => `${String(value)}!`;
	expect(read(['x', 'y', 'z'], always)).toEqual({ got: ['x!', 'y!', 'z!'], asked: [0, 1, 2] });
	// `$json` that stays at the first item shows with the second.
	expect(read(['x', 'y', 'z', 'w'], () => 'x')).toEqual({ got: ['x', 'x', 'x', 'x'], asked: [0, 1, 2, 3] });
});

it.each([
	['a list', ['x', 'y', ['z'], 'w'], [0, 1, 2]],
	['an object', ['x', 'y', { z: 1 }, 'w'], [0, 1, 2]],
	['a date', ['x', 'y', new Date(0), 'w'], [0, 1, 2]],
	['nothing', ['x', 'y', null, 'w'], [0, 1, 2]],
	['what is no number', [1, 2, NaN, 3], [0, 1, 2]],
	['a text among numbers, which n8n may convert', [1, 2, '3', 4], [0, 1, 2]],
	['a first item without it', [undefined, 'x', 'y', 'z'], [0, 1, 2]],
])('%s is asked of n8n', (_, values, asked) => {
	expect(read(values)).toEqual({ got: values, asked });
});

it('what items inherit is asked of n8n, which refuses it', () => {
	const readField = plainFields([{ json: {} }, { json: {} }, { json: {} }]);
	const refused = () => {
		throw new Error('refused');
	};
	for (const field of ['toString.name', '__proto__', 'constructor.name']) {
		expect(() => readField('text', templateOf(`={{ $json.${field} }}`)!, 2, refused)).toThrow('refused');
	}
});

it('parameters are known apart', () => {
	const readField = plainFields(['x', 'y', 'z'].map((a) => ({ json: { a } })));
	const a = templateOf('={{ $json.a }}')!;
	for (const index of [0, 1]) readField('one', a, index, () => 'other');
	for (const index of [0, 1]) readField('two', a, index, () => ['x', 'y'][index]);
	expect([readField('one', a, 2, () => 'other'), readField('two', a, 2, () => 'other')]).toEqual(['other', 'z']);
});

it('fields are filled in wherever they stand in a mapping', () => {
	const mapping = { mode: 'define', value: { course: '={{ $json.course }}', deep: ['={{ $json.score }}', null, 'fixed', 7] } };
	expect(templateOf(mapping)!({ course: 'First Aid', score: 97 }, [])).toEqual({
		mode: 'define',
		value: { course: 'First Aid', deep: [97, null, 'fixed', 7] },
	});
});

it.each([[{ a: '={{ $json.a }}', b: '={{ $now }}' }], [['={{ $json.a.trim() }}']], ['={{ $itemIndex }}']])(
	'a mapping with any other expression is left to n8n: %j',
	(raw) => {
		expect(templateOf(raw)).toBeUndefined();
	},
);
