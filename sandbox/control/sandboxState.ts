import type { ApiContext } from '../http/apiRoute';
import type { Fault } from '../http/faults';
import type { RecordedRequest } from '../http/traffic';
import type { LearnCoinState } from '../learncoin/state';
import { learnCoinSummary, type LearnCoinSummary } from '../learncoin/summary';
import { issuedCredential } from '../moca/credentials/status';
import type { IssuedCredential } from '../moca/credentials/store';
import type { RegisteredPartner } from '../moca/partners/registry';
import type { MocaSettings } from '../moca/settings';
import type { MocaState } from '../moca/state';

/** What the page shows and `GET /_sandbox/state` answers. No secret is part of it. */
export interface SandboxState {
	counters: { requests: number; refused: number; inFlight: number; maxInFlight: number };
	/** The last requests, newest first. */
	requests: RecordedRequest[];
	latencyMs: number;
	faults: Array<Fault & { hit: number }>;
	moca: {
		counters: { issued: number; onChain: number; revoked: number };
		/** The last credentials, newest first. */
		issued: Array<IssuedCredential & { programName: string }>;
		partners: RegisteredPartner[];
		programs: Array<{ credentialId: string; name: string; published: boolean }>;
		settings: MocaSettings;
	};
	learncoin: LearnCoinSummary;
}

export interface ShownSandbox {
	context: ApiContext;
	moca: MocaState;
	learncoin: LearnCoinState;
}

/** How many rows of each kind to include, and whether requests come with their bodies: one batch can be 300 KB. */
export interface ShownRows {
	issued: number;
	requests: number;
	bodies: 'true' | 'false';
}

export function sandboxState({ moca, learncoin, context }: ShownSandbox, rows: ShownRows): SandboxState {
	const { traffic, faults, latencyMs } = context;
	const requests = traffic.requests();
	const refused = requests.filter(({ status }) => status >= 400 && status < 500).length;
	return {
		counters: { requests: requests.length, refused, inFlight: traffic.inFlight(), maxInFlight: traffic.maxInFlight() },
		requests: newestFirst(requests, rows.requests).map((request) => (rows.bodies === 'false' ? withoutBody(request) : request)),
		latencyMs,
		faults: faults.list(),
		moca: mocaState(moca, rows.issued),
		learncoin: learnCoinSummary(learncoin, rows.issued),
	};
}

function mocaState({ store, programs, settings, partners }: MocaState, rows: number): SandboxState['moca'] {
	const issued = store.all().map((credential) => issuedCredential(credential, settings));
	const programNames = new Map(programs.map(({ credentialId, name }) => [credentialId, name]));
	return {
		counters: {
			issued: issued.length,
			onChain: issued.filter(({ vcStatus, revoked }) => vcStatus === 'ONCHAIN' && !revoked).length,
			revoked: issued.filter(({ revoked }) => revoked).length,
		},
		issued: newestFirst(issued, rows).map((credential) => ({
			...credential,
			programName: programNames.get(credential.credentialId) ?? credential.credentialId,
		})),
		partners: partners.all(),
		programs: programs.map(({ credentialId, name, published }) => ({ credentialId, name, published })),
		settings,
	};
}

function withoutBody(request: RecordedRequest): RecordedRequest {
	const shown = { ...request };
	delete shown.body;
	return shown;
}

function newestFirst<T>(all: T[], rows: number): T[] {
	return rows === 0 ? [] : all.slice(-rows).reverse();
}
