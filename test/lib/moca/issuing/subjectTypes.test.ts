import { ExplainedFailure } from '../../../../lib/http/explained';
import type { SchemaField, SchemaForm, SubjectType } from '../../../../lib/moca/catalog/schemaForm';
import { convertSubject } from '../../../../lib/moca/issuing/subjectTypes';

const field = (type: SubjectType, more: Partial<SchemaField> = {}): SchemaField => ({
	name: 'value',
	title: 'Value',
	type,
	isRequired: true,
	description: '',
	...more,
});
const form = (...fields: SchemaField[]): SchemaForm => ({ programName: 'Course Completion', fields });

const sent = (type: SubjectType, value: unknown) => convertSubject({ value }, form(field(type))).value;

const refusal = (subject: Record<string, unknown>, ...fields: SchemaField[]): ExplainedFailure => {
	try {
		convertSubject(subject, form(...fields));
	} catch (error) {
		if (error instanceof ExplainedFailure) return error;
	}
	throw new Error('It was not refused');
};

/** Luxon's dates, as n8n's expressions give them. */
const luxon = (text: string) => ({ toISO: () => text, toJSON: () => text });

interface Case {
	right: unknown[];
	convertible: Array<[value: unknown, sent: unknown]>;
	refused: Array<[value: unknown, why: string]>;
	missing: string;
}

const cases: Record<SubjectType, Case> = {
	string: {
		right: ['First Aid', '25', ' with blanks ', 'Zoë'],
		convertible: [
			[25, '25'],
			[1.5, '1.5'],
			[true, 'true'],
		],
		refused: [
			[['a'], 'Value is a list, not a text'],
			[{ a: 1 }, 'Value is an object, not a text'],
			[2 ** 60, 'Value is 1152921504606847000, a number too large to keep all its digits'],
		],
		missing: 'Value: give a text.',
	},
	integer: {
		right: [0, 25, -3],
		convertible: [
			['25', 25],
			['25.00', 25],
		],
		refused: [
			[92.5, 'Value is 92.5, not a whole number'],
			['abc', 'Value is “abc”, not a whole number'],
			['1.000', 'Value: “1.000” can be read in two ways: 1000 and 1'],
			[true, 'Value is true, not a whole number'],
		],
		missing: 'Value: give a whole number.',
	},
	number: {
		right: [0, 0.5, 100],
		convertible: [
			['0.5', 0.5],
			['0,5', 0.5],
		],
		refused: [
			['1,234', 'Value: “1,234” can be read in two ways: 1234 and 1.234'],
			['92%', 'Value is “92%”, not a number'],
		],
		missing: 'Value: give a number.',
	},
	boolean: {
		right: [true, false],
		convertible: [
			['yes', true],
			['no', false],
			[1, true],
			['0', false],
		],
		refused: [
			['passed', 'Value is “passed”, neither yes nor no'],
			[2, 'Value is “2”, neither yes nor no'],
		],
		missing: 'Value: give true or false.',
	},
	date: {
		right: ['2026-12-31'],
		convertible: [
			['31.12.2026', '2026-12-31'],
			['12/31/2026', '2026-12-31'],
			['2026-12-31T00:00:00', '2026-12-31'],
			['2026-12-31T00:00:00.000+02:00', '2026-12-31'],
			[luxon('2026-12-31T00:00:00.000+02:00'), '2026-12-31'],
			[1798675200, '2026-12-31'],
		],
		refused: [
			['03/04/2026', 'Value: “03/04/2026” can be read in two ways, as 3 April 2026 and as 4 March 2026'],
			['2026-02-30', 'Value: “2026-02-30” is a day that does not exist'],
			['soon', 'Value: “soon” is not a date that can be read for sure'],
			[true, 'Value is not a date'],
		],
		missing: 'Value: give a date, such as 2026-12-31.',
	},
	dateTime: {
		right: ['2026-12-31T17:00:00Z'],
		convertible: [
			['2026-12-31 17:00:00', '2026-12-31T17:00:00Z'],
			['2026-12-31T17:00:00+02:00', '2026-12-31T15:00:00Z'],
			['2026-12-31', '2026-12-31T00:00:00Z'],
			[1798736400, '2026-12-31T17:00:00Z'],
			[new Date('2026-12-31T17:00:00Z'), '2026-12-31T17:00:00Z'],
		],
		refused: [['2026-12-31 25:00', 'Value: “2026-12-31 25:00” has a time that does not exist']],
		missing: 'Value: give a date and time, such as 2026-12-31T17:00:00Z.',
	},
	array: {
		right: [['a', 'b'], []],
		convertible: [['["a", "b"]', ['a', 'b']]],
		refused: [
			['a, b', 'Value is “a, b”, not a list'],
			[{ a: 1 }, 'Value is an object, not a list'],
			[7, 'Value is 7, not a list'],
		],
		missing: 'Value: give a list as JSON, such as ["first", "second"].',
	},
	object: {
		right: [{ name: 'Ada' }, {}],
		convertible: [['{"name":"Ada"}', { name: 'Ada' }]],
		refused: [
			['Ada', 'Value is “Ada”, not an object'],
			[['Ada'], 'Value is a list, not an object'],
			['["Ada"]', 'Value is a list, not an object'],
		],
		missing: 'Value: give an object as JSON, such as {"name": "value"}.',
	},
	any: {
		right: ['text', 7, true, ['a'], { a: 1 }],
		convertible: [],
		refused: [],
		missing: 'Value: give a value.',
	},
};

describe.each(Object.entries(cases) as Array<[SubjectType, Case]>)(
	'a field of the type %s',
	(type, { right, convertible, refused, missing }) => {
		if (right.length > 0) it.each(right.map((value) => [value]))('takes %j as it is', (value) => expect(sent(type, value)).toEqual(value));

		if (convertible.length > 0) it.each(convertible)('takes %j as %j', (value, converted) => expect(sent(type, value)).toEqual(converted));

		if (refused.length > 0) {
			it.each(refused)('refuses %j with its title', (value, why) => {
				const { message, details } = refusal({ value }, field(type));
				expect(message).toBe(`The subject does not fit the program “Course Completion”: ${why}`);
				expect(details).toMatchObject({ code: 'subject', attempts: 0, hint: expect.stringMatching(/^Value: \S/) as string });
			});
		}

		it.each([[undefined], [null], [''], ['  ']])('refuses %j when it is required', (value) => {
			const { message, details } = refusal({ value }, field(type));
			expect(message).toBe('The subject does not fit the program “Course Completion”: Value is missing');
			expect(details.hint).toBe(missing);
		});

		it.each([[undefined], [null], ['']])('leaves %j out when it is not required', (value) => {
			expect(convertSubject({ value }, form(field(type, { isRequired: false })))).toEqual({});
		});
	},
);

it('names every field that does not fit, by its title, and what to write', () => {
	const { message, details } = refusal(
		{ course: ['x'], score: 'abc' },
		field('string', { name: 'course', title: 'Course' }),
		field('integer', { name: 'score', title: 'Final Score' }),
		field('boolean', { name: 'passed', title: 'Passed', description: 'Whether the course was passed' }),
	);
	expect(message).toContain('Course is a list, not a text; Final Score is “abc”, not a whole number; Passed is missing');
	expect(details.hint).toContain('Passed: give true or false (Whether the course was passed).');
});

it('names fields that the program does not have, because Moca refuses them', () => {
	const { message, details } = refusal({ value: 1, scor: 2 }, field('integer'));
	expect(message).toBe('The subject does not fit the program “Course Completion”: scor is not a field of this program');
	expect(details.hint).toBe('The program’s fields are value: rename it, or leave it out.');
});

it('lets the holder’s id through, which may be sent for all that is known', () => {
	expect(convertSubject({ value: 1, id: 'did:air:id:test:1' }, form(field('integer')))).toEqual({ value: 1, id: 'did:air:id:test:1' });
});

it('leaves fields inside objects to Moca', () => {
	const nested = field('string', { name: 'address.city', title: 'City' });
	expect(convertSubject({ address: { city: 'Berlin' } }, form(nested))).toEqual({ address: { city: 'Berlin' } });
});

it('does not change the subject it is given', () => {
	const subject = { value: '25' };
	convertSubject(subject, form(field('integer')));
	expect(subject).toEqual({ value: '25' });
});

it('names the field that holds half of a character', () => {
	expect(() => sent('string', 'First Aid \ud83d')).toThrow('“value” holds half of a character');
});

describe('a field that the program does not have', () => {
	const named = (...names: string[]) => names.map((name) => field('string', { name, title: name, isRequired: false }));

	it('may be what a field with points in its name stands in, and nothing beside that', () => {
		const fields = named('a.b.c');
		for (const name of ['id', 'a', 'a.b', 'a.b.c']) expect(convertSubject({ [name]: 'x' }, form(...fields))).toEqual({ [name]: 'x' });
		for (const name of ['b', 'a.b.', 'a.b.c.d', 'ab', ''])
			expect(refusal({ [name]: 'x' }, ...fields).message).toMatch('is not a field of this program');
	});

	it('is left out where it has no value', () => {
		expect(convertSubject({ other: undefined, name: 'x' }, form(...named('name')))).toEqual({ name: 'x' });
	});

	it('is told with up to twelve of those that there are', () => {
		const names = Array.from({ length: 13 }, (_, index) => `f${index + 1}`);
		const upTo = (count: number) => refusal({ other: 1 }, ...named(...names.slice(0, count))).details.hint;
		expect(upTo(12)).toBe(`The program’s fields are ${names.slice(0, 12).join(', ')}: rename it, or leave it out.`);
		expect(upTo(13)).toBe(`The program’s fields are ${names.slice(0, 12).join(', ')} and more: rename it, or leave it out.`);
	});

	it('is told beside all else that does not fit, each hint once', () => {
		const failure = refusal(
			{ value: 'x', other: 1, more: 2 },
			field('integer'),
			field('integer', { name: 'second', title: 'Second', isRequired: false }),
		);
		expect(failure.message).toBe(
			'The subject does not fit the program “Course Completion”: Value is “x”, not a whole number; other is not a field of this program; more is not a field of this program',
		);
		expect(failure.details.hint).toMatch(/\S The program’s fields are value, second: rename it, or leave it out\.$/);
	});

	it('of a program without a name', () => {
		expect(() => convertSubject({ other: 1 }, { programName: '', fields: [] })).toThrow('The subject does not fit its program: other is');
	});
});
