import { ExplainedFailure } from '../../http/explained';
import { checkSendable } from '../../http/sendable';
import { parseBoolean } from '../../values/booleans';
import { parseDate } from '../../values/dates';
import { isJsonObject, type JsonObject, parseJson } from '../../values/json';
import { parseInteger, parseNumber } from '../../values/numbers';
import { isEmpty, kindOf, parseText } from '../../values/texts';
import type { SchemaField, SchemaForm, SubjectType } from '../catalog/schemaForm';
import type { CredentialSubject } from './checks';

/** A value as the schema wants it, or why it can't be: `why` ends a sentence that starts with the field's title, `hint` says what to write. */
type Converted = { ok: true; value: unknown } | { ok: false; why: string; hint: string };

const mostNamed = 12;

/**
 * The subject with its values in the types of the program's schema. Converts only what has one reading (`"25"` to 25, `"yes"` to true, an
 * LMS's date to ISO 8601); leaves out empty values, because whether Moca takes null is unknown (docs/api/moca.md 11, no. 7).
 *
 * @throws ExplainedFailure that names every field that doesn't fit by its title, and what to write; for extra fields too, which Moca refuses
 * (docs/api/moca.md 3.4)
 */
export function convertSubject(subject: JsonObject, form: SchemaForm): CredentialSubject {
	const unfit = form.fields.filter(({ name }) => !isNested(name)).map((field) => judge(field, subject));
	const refusals = [...unfit.flatMap(({ refusal }) => refusal ?? []), ...extraFields(subject, form)];
	if (refusals.length > 0) throw refuse(refusals, form);
	const converted = new Map(unfit.map(({ field, value }) => [field.name, value]));
	const entries = Object.entries(subject).map(([name, value]) => [name, converted.has(name) ? converted.get(name) : value] as const);
	return checkSendable(Object.fromEntries(entries.filter(([, value]) => value !== undefined)), 'The subject') as CredentialSubject;
}

interface Refusal {
	title: string;
	why: string;
	hint: string;
}

interface Judged {
	field: SchemaField;
	/** As it is sent; `undefined` when nothing is. */
	value?: unknown;
	refusal?: Refusal;
}

function judge(field: SchemaField, subject: JsonObject): Judged {
	const { name, title, type, isRequired, description } = field;
	const given = plainValue(Object.hasOwn(subject, name) ? subject[name] : undefined);
	if (isEmpty(given)) {
		if (!isRequired) return { field };
		const about = description ? ` (${description.replace(/\.$/, '')})` : '';
		return { field, refusal: { title, why: 'is missing', hint: `${title}: give ${typeWords[type]}${about}.` } };
	}
	const converted = convertValue(given, type);
	if (converted.ok) return { field, value: converted.value };
	return { field, refusal: { title, why: converted.why, hint: `${title}: ${converted.hint}` } };
}

/** A value in a schema's type. */
function convertValue(value: unknown, type: SubjectType): Converted {
	return converters[type](value);
}

const converters: Record<SubjectType, (value: unknown) => Converted> = {
	string: parseText,
	integer: parseInteger,
	number: parseNumber,
	boolean: parseBoolean,
	date: toDay,
	dateTime: toDateTime,
	array: (value) => fromJson(value, Array.isArray, 'a list', 'Write it as JSON in square brackets, such as ["first", "second"].'),
	object: (value) => fromJson(value, isJsonObject, 'an object', 'Write it as JSON in curly brackets, such as {"name": "value"}.'),
	any: (value) => ({ ok: true, value }),
};

const typeWords: Record<SubjectType, string> = {
	string: 'a text',
	integer: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	date: 'a date, such as 2026-12-31',
	dateTime: 'a date and time, such as 2026-12-31T17:00:00Z',
	array: 'a list as JSON, such as ["first", "second"]',
	object: 'an object as JSON, such as {"name": "value"}',
	any: 'a value',
};

function toDateTime(value: unknown): Converted {
	const parsed = parseDate(value);
	return parsed.ok ? { ok: true, value: parsed.iso } : parsed;
}

/** Midnight in one zone is the day before in another: the day is the one that is written, if one is. */
function toDay(value: unknown): Converted {
	const parsed = parseDate(value);
	const written = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=[T ])/.exec(value.trim()) : null;
	return parsed.ok ? { ok: true, value: written?.[0] ?? parsed.iso.slice(0, 10) } : parsed;
}

function fromJson(value: unknown, fits: (value: unknown) => boolean, wanted: string, hint: string): Converted {
	const parsed = typeof value === 'string' ? (parseJson(value) ?? value) : value;
	return fits(parsed) ? { ok: true, value: parsed } : { ok: false, why: `is ${kindOf(parsed ?? value)}, not ${wanted}`, hint };
}

/** n8n's expressions give dates as Luxon's or JS objects, which in JSON are texts. */
const plainValue = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function'
		? (value.toJSON() as unknown)
		: value;

/** A name with points may stand for a field inside an object; which, isn't documented, so such fields are left to Moca. */
const isNested = (name: string) => name.includes('.');

/** What such a name may stand in: `a` and `a.b` for `a.b.c`. */
const beginningsOf = (name: string): string[] => {
	const parts = name.split('.', deepestName);
	return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.'));
};
const deepestName = 20;

function extraFields(subject: JsonObject, { fields }: SchemaForm): Refusal[] {
	const known = new Set(['id', ...fields.flatMap(({ name }) => [name, ...beginningsOf(name)])]);
	const extra = Object.keys(subject).filter((name) => !known.has(name) && subject[name] !== undefined);
	const names = fields.slice(0, mostNamed).map(({ name }) => name);
	const hint = `The program’s fields are ${names.join(', ')}${fields.length > mostNamed ? ' and more' : ''}: rename it, or leave it out.`;
	return extra.map((name) => ({ title: name, why: 'is not a field of this program', hint }));
}

function refuse(refusals: Refusal[], { programName }: SchemaForm): ExplainedFailure {
	const sentences = refusals.map(({ title, why }) => (why.startsWith('“') ? `${title}: ${why}` : `${title} ${why}`));
	const hints = [...new Set(refusals.map(({ hint }) => hint))];
	const program = programName ? `the program “${programName}”` : 'its program';
	return new ExplainedFailure(`The subject does not fit ${program}: ${sentences.join('; ')}`, { code: 'subject', hint: hints.join(' ') });
}
