import type { IncomingHttpHeaders } from 'node:http';

/** Whether a call says that its body is JSON, with or without a charset. */
export function isJson(headers: IncomingHttpHeaders): boolean {
	return /^application\/json\b/i.test(headers['content-type'] ?? '');
}
