import type { z } from 'zod';
import type { ApiCall } from '../../http/apiRoute';
import { isJson } from '../../http/isJson';
import { invalid } from './errors';

/**
 * The body as the schema has it.
 * @throws LearnCoinRefusal 400 `invalid_json`, `missing_required_field` or `invalid_field_format`, naming the first field
 */
export function readBody<Schema extends z.ZodTypeAny>(call: ApiCall, schema: Schema): z.output<Schema> {
	const parsed = schema.safeParse(requireJsonObject(call)) as z.SafeParseReturnType<unknown, z.output<Schema>>;
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw issue ? fieldRefusal(issue) : invalid('invalid_field_format', 'The body is invalid.');
}

/** @throws LearnCoinRefusal 400 `invalid_json` */
export function requireJsonObject({ headers, body }: ApiCall): Record<string, unknown> {
	if (!isJson(headers)) throw invalid('invalid_json', 'Content-Type must be application/json.');
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw invalid('invalid_json', 'The request body is not a JSON object.');
	}
	return body as Record<string, unknown>;
}

export function fieldRefusal(issue: z.ZodIssue) {
	const field = fieldName(issue.path);
	if (isMissing(issue)) return invalid('missing_required_field', `${field} is required.`);
	return invalid('invalid_field_format', `${field} is invalid: ${issue.message}.`);
}

/** An empty text counts as missing too. */
export function isMissing(issue: z.ZodIssue): boolean {
	if (issue.code === 'invalid_type') return issue.received === 'undefined';
	return issue.code === 'too_small' && issue.type === 'string';
}

/** `credentials[3].recipient.id` */
export function fieldName(path: ReadonlyArray<string | number>): string {
	return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}
