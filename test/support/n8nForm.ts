import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import type { N8nRest } from '../../n8n/rest';

export interface FormUser {
	user: string;
	password: string;
}

/** Where n8n shows a published form, and takes its answers. */
export async function formUrl(rest: N8nRest, { webhookId }: { webhookId: string }): Promise<string> {
	return `${rest.url}/form/${webhookId}`;
}

/**
 * Fills a published n8n form and sends it with the requests that its page makes, then waits for the page at the end. The form is opened with
 * the password; sending it goes with the token that the page holds.
 *
 * @param answers by the labels as they are shown; a list stands for ticked boxes
 * @returns what the last page says, without its markup
 * @throws AxiosError 401 when the password isn't right
 */
export async function submitForm(url: string, { user, password }: FormUser, answers: Record<string, string | string[]>): Promise<string> {
	const http = axios.create({ proxy: false, timeout: 30_000 });
	const page = (await http.get<string>(url, { auth: { username: user, password } })).data;
	const token = /const authToken = '([^']+)'/.exec(page)?.[1];
	const headers = { ...(token !== undefined && { 'x-auth-token': token }) };
	const sent = await http.post<{ formWaitingUrl?: string }>(url, filled(page, answers), { headers });
	if (sent.data.formWaitingUrl === undefined) throw new Error(`n8n does not say where the form goes on: ${JSON.stringify(sent.data)}`);
	return await lastPage(sent.data.formWaitingUrl);
}

/** The fields by their labels, as the page sends them: field-0, field-1, … */
function filled(page: string, answers: Record<string, string | string[]>): FormData {
	const data = new FormData();
	for (const [label, answer] of Object.entries(answers)) {
		const name = nameOfField(page, label);
		data.append(name, Array.isArray(answer) ? JSON.stringify(answer) : answer);
	}
	return data;
}

function nameOfField(page: string, label: string): string {
	const found = [...page.matchAll(/<label[^>]*?for=['"](field-\d+)['"][^>]*>([\s\S]*?)<\/label>/g)].find(([, , text]) =>
		text?.replace(/<[^>]*>/g, '').includes(label),
	);
	if (!found?.[1]) throw new Error(`The form has no field “${label}”.`);
	return found[1];
}

async function lastPage(waitingUrl: string): Promise<string> {
	const http = axios.create({ proxy: false, timeout: 30_000 });
	const status = new URL(waitingUrl);
	status.pathname += '/n8n-execution-status';
	for (let tries = 0; tries < 200; tries++) {
		const { data } = await http.get<string>(status.href);
		if (data.trim() === 'form-waiting') {
			const page = (await http.get<string>(waitingUrl)).data;
			await http.post(waitingUrl, {}); // as the page does, so that the execution ends
			return textOf(page);
		}
		if (!['running', 'new', 'waiting'].includes(data.trim())) throw new Error(`The form's execution ended without a page: ${data}`);
		await sleep(100);
	}
	throw new Error('The form has no last page after 20 s.');
}

const textOf = (page: string): string =>
	page
		.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&#x27;|&#39;/g, "'")
		.replace(/&quot;/g, '"')
		.replace(/&#x3D;/g, '=')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ')
		.trim();
