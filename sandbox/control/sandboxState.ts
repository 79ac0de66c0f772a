import type { ChainState } from '../chain/state';
import { chainSummary, type ChainSummary } from '../chain/summary';
import type { ApiContext } from '../http/apiRoute';
import type { Fault } from '../http/faults';
import type { RecordedRequest } from '../http/traffic';
import type { LearnCoinState } from '../learncoin/state';
import { learnCoinSummary, type LearnCoinSummary } from '../learncoin/summary';
import type { MocaState } from '../moca/state';
import { mocaSummary, type MocaSummary } from '../moca/summary';
import { newestFirst } from '../shared/newestFirst';

/** What the page shows and `GET /_sandbox/state` answers. No secret is part of it. */
interface SandboxState {
	counters: { requests: number; refused: number; inFlight: number; maxInFlight: number };
	/** The last requests, newest first. */
	requests: RecordedRequest[];
	latencyMs: number;
	faults: Array<Fault & { hit: number }>;
	moca: MocaSummary;
	learncoin: LearnCoinSummary;
	chain: ChainSummary;
}

export interface ShownSandbox {
	context: ApiContext;
	moca: MocaState;
	learncoin: LearnCoinState;
	chain: ChainState;
}

/** How many rows of each kind to include, and whether requests come with their bodies: one batch can be 300 KB. */
interface ShownRows {
	issued: number;
	requests: number;
	bodies: 'true' | 'false';
}

export function sandboxState({ moca, learncoin, chain, context }: ShownSandbox, rows: ShownRows): SandboxState {
	const { traffic, faults, latencyMs } = context;
	const requests = traffic.requests();
	const refused = requests.filter(({ status }) => status >= 400 && status < 500).length;
	return {
		counters: { requests: requests.length, refused, inFlight: traffic.inFlight(), maxInFlight: traffic.maxInFlight() },
		requests: newestFirst(requests, rows.requests).map((request) => (rows.bodies === 'false' ? withoutBody(request) : request)),
		latencyMs,
		faults: faults.list(),
		moca: mocaSummary(moca, rows.issued),
		learncoin: learnCoinSummary(learncoin, rows.issued),
		chain: chainSummary(chain),
	};
}

function withoutBody(request: RecordedRequest): RecordedRequest {
	const shown = { ...request };
	delete shown.body;
	return shown;
}
