import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';

/** What a value of a field has to be; `any` for a type that nobody documents, whose values pass through. */
export type SubjectType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'dateTime' | 'array' | 'object' | 'any';

/** One field of a program's schema: what the catalog calls a data point (docs/api/moca.md 5.4). */
export interface SchemaField {
	/** The key in the subject. */
	name: string;
	/** What people call it. */
	title: string;
	type: SubjectType;
	isRequired: boolean;
	description: string;
}

/** An issuance program with what its credentials say about a learner. */
export interface SchemaForm {
	/** The program's name, if the catalog gives one. */
	programName: string;
	fields: SchemaField[];
}

// The documents name the types in several ways (docs/api/moca.md 6.1): Schema Builder, JSON Schema, OpenAPI, JSON-LD.
const typeNames = new Map<string, SubjectType>(
	Object.entries({
		string: 'string',
		text: 'string',
		integer: 'integer',
		int: 'integer',
		long: 'integer',
		number: 'number',
		float: 'number',
		double: 'number',
		decimal: 'number',
		boolean: 'boolean',
		bool: 'boolean',
		date: 'date',
		datetime: 'dateTime',
		timestamp: 'dateTime',
		array: 'array',
		list: 'array',
		object: 'object',
		json: 'object',
	} as const),
);

/**
 * The form of a program, from the catalog's answer to `GET /catalog/credentials/{id}`. Nothing in that answer is documented as always
 * there, so whatever is missing is left out; without any field that has a name, there is no form.
 */
export function readSchemaForm(detail: JsonObject): SchemaForm | undefined {
	const dataPoints = Array.isArray(detail.dataPoints) ? detail.dataPoints : [];
	const fields = dataPoints.filter(isJsonObject).flatMap(readField);
	return fields.length > 0 ? { programName: textOf(detail.name), fields } : undefined;
}

function readField(dataPoint: JsonObject): SchemaField[] {
	const name = textOf(dataPoint.name) || textOf(dataPoint.title);
	if (name === '') return [];
	return [
		{
			name,
			title: textOf(dataPoint.title) || name,
			type: readType(dataPoint),
			// Published schemas require the holder's `id`, which the platform adds by itself: no sample sends it (docs/api/moca.md 3.4).
			isRequired: dataPoint.isRequired === true && name !== 'id',
			description: textOf(dataPoint.description),
		},
	];
}

function readType({ type, format }: JsonObject): SubjectType {
	const known = typeNames.get(plainName(textOf(type))) ?? 'any';
	// JSON Schema writes a date as a string with a format.
	const formatted = typeNames.get(plainName(textOf(format)));
	return known === 'string' && (formatted === 'date' || formatted === 'dateTime') ? formatted : known;
}

/** `xsd:dateTime`, `date-time` and `Date Time` alike. */
const plainName = (text: string) =>
	text
		.toLowerCase()
		.replace(/^xsd:/, '')
		.replace(/[\s_-]/g, '');
