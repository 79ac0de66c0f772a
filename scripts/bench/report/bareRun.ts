import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import axios from 'axios';

import type { RemoteSandbox } from '../sandboxProcess';
import type { BareJob } from './bare';
import { partnerOf, type FlowRun } from './flows';
import { steer, type Learner, type Taken } from './range';

/** Runs the bare program for these learners. */
export async function runBare(sandbox: RemoteSandbox, learners: Learner[], settings: FlowRun): Promise<Omit<Taken, 'lateMs'>> {
	const { url, moca } = sandbox;
	await steer(sandbox, settings.latencyMs);
	const job: BareJob = {
		apiBaseUrl: moca.apiBaseUrl,
		partner: partnerOf(sandbox, settings.algorithm),
		programId: moca.programs[0]!.credentialId,
		algorithm: settings.algorithm,
		concurrency: settings.concurrency,
		learners,
	};
	const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'bare.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
	child.stdin.end(JSON.stringify(job));
	const told = await text(child.stdout);
	if (told === '') throw new Error('The bare program failed.');
	const { ms, cpuMs, peakMb } = JSON.parse(told) as { ms: number; cpuMs: number; peakMb: number };
	const { counters } = (
		await axios.get<{ counters: { requests: number; maxInFlight: number } }>(`${url}/_sandbox/state?issued=0&requests=0`, { proxy: false })
	).data;
	return { ms, firstRequestMs: undefined, requests: counters.requests, mostInFlight: counters.maxInFlight, cpuMs, peakMb };
}
