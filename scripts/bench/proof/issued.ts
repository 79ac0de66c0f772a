import { randomUUID } from 'node:crypto';

import axios from 'axios';

import { askUntil } from '../../../n8n/processes/askUntil';
import { startSandboxProcess } from '../sandboxProcess';

/** Badges that a sandbox issued, in the order of its batches, and the chain that they are anchored in. */
export interface Issued {
	/** As their learners download them. */
	badges: string[];
	rpcUrl: string;
	/** Answered since the last time. */
	requests(): Promise<number>;
	stop(): Promise<void>;
}

/** Has a sandbox of its own issue batches of synthetic badges with real proofs. */
export async function issueBatches(batches: number, size: number): Promise<Issued> {
	const { url, learncoin, chain, stop } = await startSandboxProcess({ learncoin: { signedAfterMs: 0, anchoredAfterMs: 0 } });
	const http = axios.create({ proxy: false, headers: { authorization: `Bearer ${learncoin.apiKey}` } });
	let told = 0;
	const requests = async () => {
		const { counters } = (await http.get<{ counters: { requests: number } }>(`${url}/_sandbox/state?issued=0&requests=0`)).data;
		const since = counters.requests - told;
		told = counters.requests;
		return since;
	};
	try {
		const badges: string[] = [];
		for (let batch = 0; batch < batches; batch++) {
			for (const id of await issue(batch * size, size)) badges.push(await download(id));
		}
		await requests();
		return { badges, rpcUrl: chain.rpcUrls['base-sepolia'], requests, stop };
	} catch (error) {
		await stop();
		throw error;
	}

	async function issue(first: number, count: number): Promise<string[]> {
		const credentials = Array.from({ length: count }, (_, index) => ({
			recipient: { id: `urn:uuid:${randomUUID()}`, name: `Learner ${first + index + 1}` },
			achievement: { name: 'First Aid', description: 'Knows what to do until help comes.', criteria: { narrative: 'Passed the exam.' } },
			issuanceDate: '2026-06-30T00:00:00Z',
		}));
		const { id } = (await http.post<{ id: string }>(`${learncoin.apiBaseUrl}/batches`, { credentials })).data;
		const look = async () => (await http.get<Batch>(`${learncoin.apiBaseUrl}/batches/${id}`)).data;
		const anchored = await askUntil(look, ({ status }) => status === 'anchored', { everyMs: 50, timeoutMs: 60_000 });
		return anchored.credentials.map((credential) => credential.id);
	}

	async function download(id: string): Promise<string> {
		const { data } = await http.get<string>(`${url}/c/${id}/credential.json`, { responseType: 'text', transformResponse: [] });
		return data;
	}
}

interface Batch {
	status: string;
	credentials: Array<{ id: string }>;
}
