import { isJsonObject, parseJson, type JsonObject } from '../values/json';
import { withoutSecrets } from './explained';
import type { Answer, HttpResponse } from './types';

const longestQuote = 300;

/** The body as a JSON object; `undefined` when it is anything else: cut off, a gateway's HTML page, a list, a bare value. */
export function readJsonObject({ text }: HttpResponse): JsonObject | undefined {
	const value = parseJson(text);
	return isJsonObject(value) ? value : undefined;
}

/** What the service says of its refusal, in whichever of the known shapes; `undefined` for HTML and everything else not meant for people. */
export function readServiceMessage(answer: HttpResponse): { message?: string; code?: string } {
	const body = readJsonObject(answer);
	if (!body) return {};
	const nested = isJsonObject(body.error) ? body.error : {};
	const message = [body.message, body.msg, nested.message, body.error].find((text) => typeof text === 'string' && text.trim() !== '');
	const code = [body.code, nested.code, body.error].find(
		(value) => typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,60}$/.test(value)),
	);
	return {
		...(typeof message === 'string' && { message: quotable(message) }),
		...(code !== undefined && { code: String(code) }),
	};
}

const quotable = (text: string): string => {
	const line = withoutSecrets(text).replaceAll(/\s+/g, ' ').trim();
	return line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
};

/** The service's name for this request, from the body's error or the headers in common use: a body that was cut off leaves the header. */
export function readRequestId(answer: Answer): string | null {
	const error = readJsonObject(answer)?.error;
	const inBody = isJsonObject(error) ? error.request_id : undefined;
	if (typeof inBody === 'string' && inBody !== '') return inBody;
	const { headers } = answer;
	return headers['x-request-id'] ?? headers['request-id'] ?? headers['x-amzn-requestid'] ?? headers['cf-ray'] ?? null;
}
