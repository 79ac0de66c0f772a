import type { IncomingHttpHeaders } from 'node:http';

/** One API request as the sandbox saw it. Secrets (tokens, keys) are never part of it. */
export interface RecordedRequest {
	id: number;
	/** Arrival, ms since epoch. */
	at: number;
	method: string;
	/** The path with its query. */
	path: string;
	/** The route's name, e.g. `moca.issue`; `unknown` for an address the sandbox doesn't serve. */
	route: string;
	recipientEmail?: string;
	/** The HTTP status answered; 0 when the connection was dropped. */
	status: number;
	/** From arrival to answer, ms. */
	durationMs: number;
	/** True when a fault took part in the answer. */
	faulted?: boolean;
	headers: Record<string, string>;
	/** Parsed JSON, or the raw text when it wasn't JSON. */
	body?: unknown;
}

type ArrivedRequest = Pick<RecordedRequest, 'method' | 'path' | 'route' | 'recipientEmail' | 'body'> & {
	headers: IncomingHttpHeaders;
};

/** A request being worked on; `end` must be called exactly once. */
interface RequestInFlight {
	end(status: number, faulted: boolean): void;
}

const secretHeaders = new Set(['x-partner-auth', 'authorization', 'x-api-key', 'cookie']);

/** Enough for a run over 10,000 learners with several polls each; older requests are forgotten. */
const keptRequests = 100_000;

/** The last requests and how many were in flight at once. */
export class Traffic {
	private kept: RecordedRequest[] = [];
	private lastId = 0;
	private inFlightNow = 0;
	private inFlightMax = 0;
	private run = 0;

	begin(arrived: ArrivedRequest): RequestInFlight {
		const id = ++this.lastId;
		const at = Date.now();
		const run = this.run;
		this.inFlightNow += 1;
		this.inFlightMax = Math.max(this.inFlightMax, this.inFlightNow);
		return {
			end: (status, faulted) => {
				this.inFlightNow -= 1;
				// A request that outlives a clear() belongs to the run before it.
				if (run === this.run)
					this.keep({ id, at, ...withoutSecrets(arrived), status, durationMs: Date.now() - at, ...(faulted && { faulted }) });
			},
		};
	}

	/** Finished requests in the order they arrived. */
	requests(): RecordedRequest[] {
		return [...this.kept].sort((one, other) => one.id - other.id);
	}

	inFlight(): number {
		return this.inFlightNow;
	}

	maxInFlight(): number {
		return this.inFlightMax;
	}

	clear(): void {
		this.run += 1;
		this.kept = [];
		this.inFlightMax = this.inFlightNow;
	}

	private keep(request: RecordedRequest): void {
		this.kept.push(request);
		if (this.kept.length > keptRequests * 1.1) this.kept = this.kept.slice(-keptRequests);
	}
}

function withoutSecrets(arrived: ArrivedRequest): Omit<RecordedRequest, 'id' | 'at' | 'status' | 'durationMs'> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(arrived.headers)) {
		if (value !== undefined && !secretHeaders.has(name)) headers[name] = String(value);
	}
	return { ...arrived, headers };
}
