import { setTimeout as sleep } from 'node:timers/promises';

import { createSender } from '../../lib/http/send';
import type { Transport } from '../../lib/http/types';
import { createLearnCoinClient } from '../../lib/learncoin/api/client';
import { createHistory } from '../../lib/learncoin/issued/history';
import { n8nClock } from '../../lib/n8n/clock';
import { fetchTransport } from '../../test/support/clients';
import { learnCoinHints } from '../../test/support/hints';
import type { Measure } from './measure';
import { startSandboxProcess, type RemoteSandbox } from './sandboxProcess';

const issued = 100_000;
const batchSize = 500;
const singles = 5_000;

/** What it costs to know who has a credential: the first look of a process at all that a tenant issued, each later one, and the memory kept. */
export async function history(): Promise<Measure[]> {
	return [
		...(await measure(issued, batchSize, true)),
		...(await measure(issued, batchSize, false)),
		...(await measure(singles, 1, true)),
		...(await measure(singles, 1, false)),
	];
}

async function measure(count: number, size: number, listHasCredentials: boolean): Promise<Measure[]> {
	// Nobody looks at a document here; proving 100,000 of them takes a while.
	const learncoin = { signedAfterMs: 0, anchoredAfterMs: 0, listHasCredentials, proofs: 'placeholder' as const };
	const sandbox = await startSandboxProcess({ learncoin });
	try {
		const { transport, paths } = recording(sandbox);
		for (let first = 0; first < count; first += size) await create(transport, sandbox, first, size);
		await sleep(500);
		paths.length = 0;
		const first = await look(transport, sandbox);
		const firstPaths = paths.splice(0);
		const bareMs = await bare(transport, firstPaths);
		paths.length = 0;
		const later = await timed(async () => await first.history.refresh(first.client));
		const name = `${count.toLocaleString('en')} credentials in batches of ${size}, ${listHasCredentials ? 'listed' : 'not listed'}`;
		const from = `${firstPaths.length} requests, ${(first.ms / 1000).toFixed(1)} s, ${Math.round(first.keptBytes / 1e6)} MB kept; later looks ${paths.length} request, ${Math.round(later)} ms`;
		return [{ what: `${name}: the first look, to the bare requests at the same concurrency`, ratio: first.ms / bareMs, from }];
	} finally {
		await sandbox.stop();
	}
}

const concurrency = 10;

async function look(transport: Transport, { learncoin }: RemoteSandbox) {
	const sender = createSender({ concurrency, requestsPerSecond: 0, maxRetries: 0, clock: n8nClock });
	const client = createLearnCoinClient(sender.through(transport), learncoin.apiBaseUrl, learnCoinHints);
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	const made = createHistory();
	const ms = await timed(async () => await made.refresh(client));
	globalThis.gc?.();
	return { client, history: made, ms, keptBytes: process.memoryUsage().heapUsed - before };
}

/** The same addresses, asked for by nothing but HTTP. */
async function bare(transport: Transport, urls: string[]): Promise<number> {
	const left = [...urls];
	return await timed(async () => {
		await Promise.all(
			Array.from({ length: concurrency }, async () => {
				for (let url = left.shift(); url !== undefined; url = left.shift()) await transport({ method: 'GET', url, repeat: 'anything' });
			}),
		);
	});
}

async function timed(work: () => Promise<void>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

function recording({ learncoin }: RemoteSandbox) {
	const paths: string[] = [];
	const transport: Transport = async (request) => {
		const url = new URL(request.url);
		for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
		paths.push(url.href);
		return await fetchTransport({ ...request, headers: { ...request.headers, authorization: `Bearer ${learncoin.apiKey}` } });
	};
	return { transport, paths };
}

const recipientId = (number: number) => `urn:uuid:6f1c9d5e-8a35-4b0c-9c39-${number.toString(16).padStart(12, '0')}`;

async function create(transport: Transport, { learncoin }: RemoteSandbox, first: number, count: number): Promise<void> {
	const credentials = Array.from({ length: count }, (_, index) => ({
		recipient: { id: recipientId(first + index), name: `Learner ${first + index}` },
		achievement: { name: 'First Aid', description: 'Knows what to do.' },
		issuanceDate: '2026-06-30T00:00:00Z',
	}));
	const { status, text } = await transport({
		method: 'POST',
		url: `${learncoin.apiBaseUrl}/batches`,
		body: { credentials },
		repeat: 'anything',
	});
	if (status !== 202) throw new Error(`The sandbox answered with ${status}: ${text.slice(0, 200)}`);
}
