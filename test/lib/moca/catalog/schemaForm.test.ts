import { readSchemaForm } from '../../../../lib/moca/catalog/schemaForm';

const typeOf = (dataPoint: object) => readSchemaForm({ dataPoints: [{ name: 'x', ...dataPoint }] })?.fields[0]?.type;

it.each([
	['string', 'string'],
	['String', 'string'],
	['xsd:string', 'string'],
	['integer', 'integer'],
	['xsd:integer', 'integer'],
	['number', 'number'],
	['Number', 'number'],
	['boolean', 'boolean'],
	['Boolean', 'boolean'],
	['date', 'date'],
	['Date', 'date'],
	['date-time', 'dateTime'],
	['xsd:dateTime', 'dateTime'],
	['array', 'array'],
	['object', 'object'],
	['geo-point', 'any'],
	['constructor', 'any'],
	['toString', 'any'],
	['__proto__', 'any'],
	['', 'any'],
	[undefined, 'any'],
	[7, 'any'],
])('the catalog’s type %p is %s', (type, known) => expect(typeOf({ type })).toBe(known));

it.each([
	['date', 'date'],
	['date-time', 'dateTime'],
	['email', 'string'],
	['constructor', 'string'],
])('a string with the format %s is %s', (format, known) => expect(typeOf({ type: 'string', format })).toBe(known));

it('takes what is there, and needs only a name', () => {
	const dataPoints = [
		{ name: 'score', title: 'Score', type: 'integer', isRequired: true, description: '0 to 100' },
		{ name: 'bare' },
		{ title: 'No name' },
		{ type: 'string' },
		'nonsense',
	];
	expect(readSchemaForm({ name: 'Course', dataPoints })).toEqual({
		programName: 'Course',
		fields: [
			{ name: 'score', title: 'Score', type: 'integer', isRequired: true, description: '0 to 100' },
			{ name: 'bare', title: 'bare', type: 'any', isRequired: false, description: '' },
			{ name: 'No name', title: 'No name', type: 'any', isRequired: false, description: '' },
		],
	});
});

it('does not ask for the holder’s id, which Moca adds itself', () => {
	expect(readSchemaForm({ dataPoints: [{ name: 'id', type: 'string', isRequired: true }] })?.fields[0]?.isRequired).toBe(false);
});

it.each([{}, { dataPoints: null }, { dataPoints: [] }, { dataPoints: [{}] }])('%j has no form', (detail) => {
	expect(readSchemaForm(detail)).toBeUndefined();
});
