import axios, { type AxiosResponse } from 'axios';
import type { Sandbox } from '../../../sandbox';
import { defaultLearnCoinSettings, type LearnCoinSettings } from '../../../sandbox/learncoin/settings';
import { useSandbox } from './useSandbox';

/** Fast enough for tests, slow enough to see every state. */
const quick: Partial<LearnCoinSettings> = { signedAfterMs: 40, anchoredAfterMs: 80, retryScheduleFactor: 0.01 };

/** A sandbox whose LearnCoin starts every test empty and with the same settings. */
export function useLearnCoin(settings: Partial<LearnCoinSettings> = quick): () => Sandbox {
	const sandbox = useSandbox();
	beforeEach(() => Object.assign(sandbox().learncoin.settings, defaultLearnCoinSettings(), settings));
	return sandbox;
}

interface Call {
	body?: unknown;
	params?: Record<string, unknown>;
	headers?: Record<string, string | undefined>;
	/** Default: the test key. */
	key?: string;
}

/** One call as a client makes it; every status is an answer. */
export async function call(
	sandbox: Sandbox,
	method: string,
	path: string,
	{ body, params, headers, key }: Call = {},
): Promise<AxiosResponse> {
	const { apiBaseUrl, apiKey } = sandbox.learncoin;
	return await axios.request({
		method,
		url: `${apiBaseUrl}${path}`,
		params,
		data: body,
		headers: { authorization: `Bearer ${key ?? apiKey}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
		validateStatus: () => true,
	});
}

/** The recipient id of the n-th learner. */
export const learnerId = (number: number) => `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A credential for the n-th learner as the documents want it; `changes` replace whole members. */
export function credential(number = 1, changes: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		recipient: { id: learnerId(number), name: `Learner ${number}`, email: `learner${number}@example.com` },
		achievement: { name: 'Algebra', description: 'Finished the course.' },
		issuanceDate: '2026-06-30T00:00:00Z',
		...changes,
	};
}

export const credentials = (count: number) => Array.from({ length: count }, (_, index) => credential(index + 1));

export async function createBatch(sandbox: Sandbox, list: unknown = [credential()], more: Call = {}): Promise<AxiosResponse> {
	return await call(sandbox, 'POST', '/batches', { body: { credentials: list }, ...more });
}

export async function until(condition: () => boolean | Promise<boolean>, withinMs = 4000): Promise<void> {
	const end = Date.now() + withinMs;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error('It did not come to that in time');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** An anchored batch as `GET /batches/{id}` answers it. */
export async function anchoredBatch(sandbox: Sandbox, list: unknown = [credential()], more: Call = {}) {
	const { id } = (await createBatch(sandbox, list, more)).data as { id: string };
	await until(() => sandbox.learncoin.batches().some((batch) => batch.id === id && batch.status === 'anchored'));
	const { data } = await call(sandbox, 'GET', `/batches/${id}`, more.key === undefined ? {} : { key: more.key });
	return data as { id: string; credentials: Array<{ id: string; recipient_id: string; verify_url: string }> };
}

export async function anchoredCredentialId(sandbox: Sandbox): Promise<string> {
	return (await anchoredBatch(sandbox)).credentials[0]!.id;
}

/** The documented error body, with the request id in the header too. */
export function expectRefusal(answer: AxiosResponse, status: number, code: string, message?: RegExp): void {
	expect({ status: answer.status, body: answer.data as unknown }).toEqual({
		status,
		body: {
			error: {
				code,
				message: message ? (expect.stringMatching(message) as string) : (expect.any(String) as string),
				request_id: answer.headers['x-request-id'] as string,
			},
		},
	});
	expect(answer.headers['x-request-id']).toMatch(/^req_[A-Z0-9]{12}$/);
}

export interface CreatedWebhook {
	id: string;
	url: string;
	signing_secret: string;
}

export async function subscribe(sandbox: Sandbox, url: string, events: string[], more: Call = {}): Promise<CreatedWebhook> {
	const answer = await call(sandbox, 'POST', '/webhooks', { body: { url, events }, ...more });
	expect(answer.status).toBe(201);
	return answer.data as CreatedWebhook;
}
