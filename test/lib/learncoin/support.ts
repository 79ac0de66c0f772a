import type { Answer, HttpRequest, Send } from '../../../lib/http/types';

export const ok = (body: unknown, status = 200): Answer => ({
	status,
	headers: {},
	text: typeof body === 'string' ? body : JSON.stringify(body),
	attempts: 1,
});

export const refused = (status: number, code: string, message: string, attempts = 1): Answer => ({
	...ok({ error: { code, message, request_id: 'req_1A2B3C4D5E6F' } }, status),
	headers: { 'x-request-id': 'req_header' },
	attempts,
});

/** A `send` that gives these answers in turn, and what it was asked. */
export function fakeSend(...answers: Array<Answer | Error>): { send: Send; requests: HttpRequest[] } {
	const requests: HttpRequest[] = [];
	const send: Send = async (request) => {
		requests.push(request);
		const answer = answers.shift();
		if (!answer) throw new Error(`No answer is left for ${request.method} ${request.url}`);
		return answer instanceof Error ? await Promise.reject(answer) : answer;
	};
	return { send, requests };
}

export const apiBaseUrl = 'https://api.learncoin.me/v1';

export const failureOf = async (work: Promise<unknown>) =>
	await work.then(
		() => ({ message: 'it worked', details: {} }),
		(error: Error & { details: unknown }) => ({ message: error.message, details: error.details }),
	);

export const thrownBy = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		return (error as Error).message;
	}
	return 'nothing was thrown';
};
