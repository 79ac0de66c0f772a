import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import axios from 'axios';

import { freePort } from '../../../n8n/processes/ports';
import { webhookWorkflow } from '../../../n8n/rest/webhookWorkflow';
import { startN8n, type RunningN8n } from '../../../n8n/server/startN8n';
import { packPackage } from '../../pack';
import type { Recorded } from '../profile/shares';
import { startSandboxProcess, type RemoteSandbox } from '../sandboxProcess';
import { partnerOf, type Flow, type FlowRun } from './flows';

export interface Learner {
	email: string;
	course: string;
	score: number;
}

/** What one run of a flow took. */
export interface Taken {
	/** From the start of the first node behind the items to the end of the last, ms. */
	ms: number;
	/** Until the sandbox had the first request, ms; none without one. */
	firstRequestMs: number | undefined;
	requests: number;
	mostInFlight: number;
	/** What n8n's process worked, ms of a processor, from the call to the end of the execution. */
	cpuMs: number;
	peakMb: number;
	/** 99 of 100 times the event loop was less late than this while requests were sent, ms. */
	lateMs: number;
}

/** A real n8n with the packed nodes, the sandbox in a process of its own, and a probe in n8n's process. */
export interface Range {
	sandbox: RemoteSandbox;
	/** Runs a flow for these learners, of whom the sandbox knows none before. */
	run(flow: Flow, learners: Learner[], settings: FlowRun): Promise<Taken>;
	/** The same, recorded, which makes it slower. */
	record(flow: Flow, learners: Learner[], settings: FlowRun): Promise<Recorded>;
	stop(): Promise<void>;
}

const patienceMs = 15 * 60_000;

/** @param nodeOptions of Node for n8n, such as a limit of its heap */
export async function openRange(nodeOptions: string[] = []): Promise<Range> {
	const folder = await mkdtemp(join(tmpdir(), 'moca-learncoin-bench-'));
	const tarball = await packPackage();
	const probePort = await freePort();
	const sandbox = await startSandboxProcess({});
	const n8n = await startN8n({
		folder,
		tarball,
		nodeOptions: ['--expose-gc', '--import', join(__dirname, 'probe.ts'), ...nodeOptions],
		env: { BENCH_PROBE_PORT: String(probePort), N8N_PAYLOAD_SIZE_MAX: '64', EXECUTIONS_TIMEOUT: '-1' },
	});
	const stop = async () => {
		await Promise.all([n8n.stop(), sandbox.stop()]);
		await rm(folder, { recursive: true, force: true });
		await rm(dirname(tarball), { recursive: true, force: true });
	};
	try {
		const credentialIds = { RS256: await saveCredentials(n8n, sandbox, 'RS256'), ES256: await saveCredentials(n8n, sandbox, 'ES256') };
		const probe = async () => (await axios.get<ProbeAnswer>(`http://127.0.0.1:${probePort}`, { proxy: false })).data;
		const begin = async (flow: Flow, learners: Learner[], settings: FlowRun): Promise<string> => {
			await steer(sandbox, settings.latencyMs);
			const name = `${flow.title} ${Date.now()}`;
			const { file, path } = webhookWorkflow(name, `bench-${Date.now()}`, ...flow.nodes(sandbox, settings));
			const webhook = file.nodes[0]!;
			webhook.parameters = { ...webhook.parameters, responseMode: 'onReceived' };
			const id = await n8n.rest.importWorkflow(file, credentialIds[settings.algorithm as 'RS256']);
			await n8n.rest.publish(id);
			await probe();
			await axios.post(`${n8n.url}${path}`, { items: learners }, { proxy: false, maxBodyLength: Infinity });
			return id;
		};
		const run: Range['run'] = async (...asked) => await takenBy(n8n, await begin(...asked), sandbox, probe);
		const profile = async (what: 'start' | 'stop') =>
			(await axios.get<Recorded>(`http://127.0.0.1:${probePort}/profile/${what}`, { proxy: false })).data;
		const record: Range['record'] = async (...asked) => {
			const id = await begin(...asked);
			await profile('start');
			await n8n.rest.waitForNewest(id, patienceMs);
			return await profile('stop');
		};
		return { sandbox, run, record, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface ProbeAnswer {
	late: Array<[at: number, ms: number]>;
	/** Resident bytes, and ms of a processor so far, from one asking to the next. */
	held: Array<[at: number, bytes: number, cpuMs: number]>;
}

/** The partner's key for our node, and the same for n8n's own JWT node. */
async function saveCredentials({ rest }: RunningN8n, sandbox: RemoteSandbox, algorithm: string) {
	const { moca, learncoin } = sandbox;
	const { apiBaseUrl, catalogBaseUrl } = moca;
	const { partnerId, privateKeyPem: privateKey, keyId, issuerDid } = partnerOf(sandbox, algorithm);
	const name = `Bench ${algorithm}`;
	const partner = { environment: 'custom', apiBaseUrl, catalogBaseUrl, partnerId, privateKey, keyId, issuerDid };
	return {
		mocaPartnerApi: await rest.createCredential('mocaPartnerApi', name, {
			...partner,
			algorithm: 'auto',
			scope: 'issue on-behalf',
			testEmail: 'connection-test@example.com',
		}),
		jwtAuth: await rest.createCredential('jwtAuth', name, { keyType: 'pemKey', privateKey, publicKey: '', algorithm }),
		learnCoinApi: await rest.createCredential('learnCoinApi', name, { apiKey: learncoin.apiKey, baseUrl: learncoin.apiBaseUrl }),
	};
}

/** Has the sandbox forget what came before, and answer after this long. */
export async function steer({ url }: RemoteSandbox, latencyMs: number): Promise<void> {
	await axios.post(`${url}/_sandbox/reset`, undefined, { proxy: false });
	await axios.put(`${url}/_sandbox/settings`, { latencyMs }, { proxy: false });
}

async function takenBy(n8n: RunningN8n, workflowId: string, { url }: RemoteSandbox, probe: () => Promise<ProbeAnswer>): Promise<Taken> {
	const { id, status } = await n8n.rest.waitForNewest(workflowId, patienceMs);
	const { late, held } = await probe();
	const { data } = await n8n.rest.execution(id);
	if (status !== 'success') throw new Error(`The execution ended with ${status}: ${data.resultData.error?.message}`);
	const [, , ...worked] = Object.values(data.resultData.runData).flat() as unknown as NodeTimes[];
	const startedAt = Math.min(...worked.map(({ startTime }) => startTime));
	const endedAt = Math.max(...worked.map(({ startTime, executionTime }) => startTime + executionTime));
	const { counters, requests } = (
		await axios.get<{ counters: { requests: number; maxInFlight: number }; requests: Array<{ at: number }> }>(
			`${url}/_sandbox/state?issued=0&requests=100000&bodies=false`,
			{ proxy: false },
		)
	).data;
	const arrivals = requests.map(({ at }) => at);
	const [first, last] = [arrivals.reduce((a, b) => Math.min(a, b), Infinity), arrivals.reduce((a, b) => Math.max(a, b), 0)];
	const while_ = late.filter(([at]) => at >= first && at <= last).map(([, ms]) => ms);
	return {
		ms: endedAt - startedAt,
		firstRequestMs: arrivals.length > 0 ? first - startedAt : undefined,
		requests: counters.requests,
		mostInFlight: counters.maxInFlight,
		...heldUntil(endedAt, held),
		lateMs: percentile(while_, 0.99),
	};
}

/** Reading the execution's data back comes after its end, and is none of it. */
function heldUntil(endedAt: number, all: ProbeAnswer['held']): Pick<Taken, 'cpuMs' | 'peakMb'> {
	const held = all.filter(([at]) => at <= endedAt + lookedEveryMs);
	const [, , before = 0] = held[0] ?? [];
	const [, , after = 0] = held.at(-1) ?? [];
	return { cpuMs: after - before, peakMb: held.reduce((most, [, bytes]) => Math.max(most, bytes), 0) / 1e6 };
}

/** More than the probe leaves between two looks, ms. */
const lookedEveryMs = 200;

interface NodeTimes {
	/** Ms since epoch. */
	startTime: number;
	executionTime: number;
}

function percentile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
