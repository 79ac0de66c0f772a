import { randomUUID } from 'node:crypto';

import axios from 'axios';

import type { Sandbox } from '../../sandbox/index';
import { askUntil } from '../processes/askUntil';

/** Addresses of a badge's file, for a person to try a check with. */
export interface SampleBadge {
	/** As it was issued. */
	genuine: string;
	/** The same with a letter changed. */
	altered: string;
}

/** Has the sandbox issue one badge, and waits until it is anchored. @throws Error when it isn't after ten seconds */
export async function issueSampleBadge({ learncoin: { apiBaseUrl, apiKey } }: Pick<Sandbox, 'learncoin'>): Promise<SampleBadge> {
	const http = axios.create({ baseURL: apiBaseUrl, proxy: false, headers: { authorization: `Bearer ${apiKey}` } });
	const credential = {
		recipient: { id: `urn:uuid:${randomUUID()}`, name: 'Amara Okafor' },
		achievement: { name: 'First Aid', description: 'Knows what to do until help comes.' },
		issuanceDate: new Date().toISOString(),
	};
	const { id } = (await http.post<{ id: string }>('/batches', { credentials: [credential] })).data;
	const look = async () => (await http.get<{ status: string; credentials?: Array<{ verify_url: string }> }>(`/batches/${id}`)).data;
	const batch = await askUntil(look, ({ status }) => status === 'anchored', { everyMs: 100, timeoutMs: 10_000 });
	const page = batch.credentials?.[0]?.verify_url;
	if (page === undefined) throw new Error(`The sandbox’s sample badge is not anchored, but ${batch.status}.`);
	return { genuine: `${page}/credential.json`, altered: `${page}/altered.json` };
}
