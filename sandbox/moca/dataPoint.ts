/** The types of a program's fields: the words of the Schema Builder, the OpenAPI and JSON Schema together (docs/api/moca.md 6.1). */
export type DataPointType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'date-time' | 'array' | 'object';

/** One field of a program, shaped as the catalog's credential detail lists it (docs/api/moca.md 5.4). */
export interface DataPoint {
	name: string;
	title: string;
	type: DataPointType;
	isRequired: boolean;
	description: string;
}

export function field(name: string, title: string, type: DataPointType, isRequired: boolean, description: string): DataPoint {
	return { name, title, type, isRequired, description };
}
