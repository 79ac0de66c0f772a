import { Agent } from 'node:http';

import axios, { isAxiosError, type AxiosInstance } from 'axios';

/** Speaks with n8n as its own editor does, for one signed-in user. Every call throws an Error with n8n's words when n8n refuses. */
export class Session {
	/** For what isn't wrapped in `{ data }`, or where another status than 200 is an answer too. */
	readonly http: AxiosInstance;

	constructor(url: string) {
		// A proxy from the environment can't reach loopback.
		// n8n drops kept connections when it comes back from seconds of work without a break, as after expressions for thousands of items.
		this.http = axios.create({ baseURL: url, proxy: false, timeout: 30_000, httpAgent: new Agent({ keepAlive: false }) });
		this.http.interceptors.response.use(undefined, (error: unknown) => Promise.reject(inPlainWords(error)));
	}

	/** Sends what signs a user in, and keeps the cookie that n8n answers with for all calls to come. */
	async signIn(path: string, body: object): Promise<void> {
		const { headers } = await this.http.post(path, body);
		const cookies = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]);
		this.http.defaults.headers.common.Cookie = cookies.join('; ');
	}

	async get<Answer>(path: string): Promise<Answer> {
		return (await this.http.get<{ data: Answer }>(path)).data.data;
	}

	async post<Answer>(path: string, body: object): Promise<Answer> {
		return (await this.http.post<{ data: Answer }>(path, body)).data.data;
	}

	async patch(path: string, body: object): Promise<void> {
		await this.http.patch(path, body);
	}

	async delete(path: string): Promise<void> {
		await this.http.delete(path);
	}
}

/** Axios's own errors hold the request, and with it the credentials that were sent; only n8n's words may go on from here. */
function inPlainWords(error: unknown): unknown {
	if (!isAxiosError<{ message?: string }>(error)) return error;
	const said = error.response?.data?.message ?? error.message;
	return new Error(`n8n: ${error.config?.method?.toUpperCase()} ${error.config?.url}: ${error.response?.status ?? error.code}: ${said}`);
}
