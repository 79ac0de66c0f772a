import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

/** What a person does in a form. What isn't named stays empty. */
export interface FormAnswers {
	/** By the labels above the fields. */
	fields: Record<string, string>;
	/** The words beside the boxes. */
	ticked?: string[];
	/** By the labels above the fields. */
	files?: Record<string, { name: string; content: Uint8Array<ArrayBuffer> }>;
}

export interface FormUser {
	username: string;
	password: string;
}

const http = axios.create({ proxy: false, timeout: 30_000 });

/**
 * Fills in a published n8n form and sends it with the requests that its page makes in a browser: opened with the password, sent with the token
 * that the page holds, then asking until there is another page.
 *
 * @param auth where the form asks for a password
 * @param next what is filled in on the pages that follow, one after another, each from what the page says
 * @returns what the last page says, without its markup
 * @throws AxiosError 401 when the password isn't right
 */
export async function submitForm(
	url: string,
	auth: FormUser | undefined,
	answers: FormAnswers,
	...next: Array<(page: FormPage) => FormAnswers>
): Promise<string> {
	const page = (await http.get<string>(url, auth && { auth })).data;
	const sent = await http.post<{ formWaitingUrl?: string }>(url, fill(page, answers), { headers: { 'x-auth-token': tokenIn(page) } });
	if (sent.data.formWaitingUrl === undefined) throw new Error(`n8n does not say where the form goes on: ${JSON.stringify(sent.data)}`);
	const waitingUrl = sent.data.formWaitingUrl;
	for (const answer of next) {
		const html = await nextPage(waitingUrl);
		const form = fill(html, answer({ text: textOf(html), options: optionsIn(html) }));
		await http.post(waitingUrl, form, { headers: { 'x-auth-token': tokenIn(html) } });
	}
	const last = await nextPage(waitingUrl);
	await http.post(waitingUrl); // as the page does, so that the execution ends
	return textOf(last);
}

/** A page of the form that isn't the first. */
export interface FormPage {
	/** Without its markup. */
	text: string;
	/** What its dropdowns offer. */
	options: string[];
}

const tokenIn = (page: string): string => /const authToken = '([^']+)'/.exec(page)?.[1] ?? '';

const optionsIn = (page: string): string[] =>
	[...page.matchAll(/<option value='([^']*)'/g)].map(([, value = '']) => value).filter((value) => value !== '');

/** All fields of the page, those left empty too; boxes as a list of the ticked ones. */
function fill(page: string, { fields, ticked = [], files = {} }: FormAnswers): FormData {
	const labels = [...page.matchAll(/<label[^>]*for='(field-\d+)'[^>]*>([^<]*)</g)].map(([, name = '', label = '']) => ({ name, label }));
	const boxes = [...page.matchAll(/id='option\d+_(field-\d+)' value='([^']*)'/g)].map(([, name = '', label = '']) => ({ name, label }));
	const data = new FormData();
	for (const { name, label } of labels) {
		const file = files[label];
		if (file) data.append(name, new Blob([file.content]), file.name);
		else data.append(name, fields[label] ?? '');
	}
	for (const name of new Set(boxes.map((box) => box.name))) {
		const chosen = boxes.filter((box) => box.name === name && ticked.includes(box.label)).map(({ label }) => label);
		data.append(name, JSON.stringify(chosen));
	}
	const shown = [...labels, ...boxes].map(({ label }) => label);
	const unknown = [...Object.keys(fields), ...Object.keys(files), ...ticked].filter((label) => !shown.includes(label));
	if (unknown.length > 0) throw new Error(`The form has ${JSON.stringify(shown)}, and not ${JSON.stringify(unknown)}.`);
	return data;
}

async function nextPage(waitingUrl: string): Promise<string> {
	const statusUrl = new URL(waitingUrl);
	statusUrl.pathname += '/n8n-execution-status';
	for (let tries = 0; tries < 200; tries++) {
		const status = (await http.get<string>(statusUrl.href)).data.trim();
		if (status === 'form-waiting') return (await http.get<string>(waitingUrl)).data;
		if (!['running', 'new', 'waiting'].includes(status)) throw new Error(`The form's execution ended without a page: ${status}`);
		await sleep(100);
	}
	throw new Error('The form has no further page after 20 s.');
}

const textOf = (page: string): string =>
	page
		.replace(/<(script|style|head)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replaceAll('&quot;', '"')
		.replace(/&#x27;|&#39;/g, "'")
		.replaceAll('&#x3D;', '=')
		.replaceAll('&amp;', '&')
		.replace(/\s+/g, ' ')
		.trim();
