import { isRealDate } from '../../shared/dates';
import type { DataPoint, DataPointType } from '../dataPoint';
import type { MocaSettings } from '../settings';

/**
 * What is wrong with a credentialSubject for a program's fields, one sentence a problem; empty when it fits. Extra, mistyped
 * and missing fields are refused (docs/api/moca.md 3.4).
 */
export function subjectProblems(
	subject: Record<string, unknown>,
	dataPoints: DataPoint[],
	settings: Pick<MocaSettings, 'subjectId' | 'checkDateFormat'>,
): string[] {
	const known = new Map(dataPoints.map((dataPoint) => [dataPoint.name, dataPoint]));
	const missing = dataPoints
		.filter(({ name, isRequired }) => isRequired && subject[name] === undefined)
		.map(({ name, type }) => `credentialSubject.${name} is required (${type})`);
	const wrong = Object.entries(subject).flatMap(([name, value]) => {
		const dataPoint = known.get(name);
		if (dataPoint) return valueProblem(dataPoint, value, settings.checkDateFormat);
		if (name === 'id' && settings.subjectId === 'accepted') return idProblem(value);
		return [`credentialSubject.${name} is not a field of this program's schema`];
	});
	return [...missing, ...wrong];
}

function valueProblem({ name, type }: DataPoint, value: unknown, checkDateFormat: boolean): string[] {
	if (!fitsType(value, type)) return [`credentialSubject.${name} must be ${type}, got ${typeName(value)}`];
	if (isDateType(type) && checkDateFormat && !isIsoDate(value)) return [`credentialSubject.${name} must be a date in ISO 8601 format`];
	return [];
}

const isDateType = (type: DataPointType) => type === 'date' || type === 'date-time';

function fitsType(value: unknown, type: DataPointType): boolean {
	const actual = typeName(value);
	if (type === 'number') return actual === 'number' || actual === 'integer';
	if (isDateType(type)) return actual === 'string';
	return actual === type;
}

function typeName(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (Number.isInteger(value)) return 'integer';
	return typeof value;
}

const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

function isIsoDate(value: unknown): boolean {
	return typeof value === 'string' && isoDate.test(value) && isRealDate(value);
}

function idProblem(value: unknown): string[] {
	// The holder DID or another URI; anything else fails in the issuer (docs/api/moca.md 3.4).
	return typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(value) ? [] : ['credentialSubject.id must be a URI'];
}
