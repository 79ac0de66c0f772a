/** One HTTP request, before it is signed. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Absolute address without the query. */
	url: string;
	headers?: Readonly<Record<string, string>>;
	query?: Readonly<Record<string, string | number>>;
	/** Sent as JSON. */
	body?: Readonly<Record<string, unknown>>;
	/**
	 * What may be sent again after an attempt whose effect isn't known:
	 * `anything` if a second arrival changes nothing (a read, a write that the service recognises as the same one);
	 * `unprocessed` if a second arrival would do the work twice, so only attempts that surely did nothing are repeated.
	 */
	repeat: 'anything' | 'unprocessed';
	/** It starts when no other request of the run waits: a look at something that goes on by itself meanwhile. */
	givesWay?: boolean;
	/** What whoever signs this request must know of it, such as the recipient it is for. Never sent as such. */
	signFor?: Readonly<Record<string, string>>;
}

/** What came back: any status, the body as it was, unparsed. */
export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string | undefined>>;
	text: string;
	/** What it tells of this machine's clock; absent where nobody looked, or nothing can be told. */
	clock?: ClockFinding;
	/** Refused, without any work, for a signature that would be another one now: it is worth sending the request again, once, at once. */
	signAgain?: boolean;
}

/** This machine's clock beside a service's. */
export interface ClockFinding {
	/** How far it is ahead, in ms; negative when it is behind, 0 when they agree. */
	aheadMs: number;
	/** The request was signed by the service's time, not by this machine's. */
	isMadeUpFor: boolean;
}

/** One attempt on the wire. Resolves for every HTTP status; throws {@link ConnectionFailure} when no whole answer came. */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** The last answer to a request, and what is known of the attempts. */
export interface Answer extends HttpResponse {
	attempts: number;
	/** An attempt, this or an earlier one, may have done the work although it got no answer that says so. */
	mayHaveBeenDone?: boolean;
}

/**
 * A request with everything that belongs to sending it: its turn, its retries. Resolves with the last answer, whatever its status; throws
 * {@link ConnectionFailure} when the last attempt got none, {@link SendingStopped} when the run was stopped before an attempt.
 */
export type Send = (request: HttpRequest) => Promise<Answer>;

export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms` milliseconds, or at once when `signal` aborts; never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

const neverSentCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** No whole answer came: the connection was refused, broke, or took longer than allowed. */
export class ConnectionFailure extends Error {
	override name = 'ConnectionFailure';

	constructor(
		/** The system's word for it, such as `ECONNRESET`. */
		readonly code: string,
		readonly attempts = 1,
		/** An attempt, the last or an earlier one, may have done the work. */
		readonly mayHaveBeenDone = !neverSentCodes.includes(code),
	) {
		super(`No answer (${code})`);
	}

	/** The request can't have reached the service. */
	get neverSent(): boolean {
		return neverSentCodes.includes(this.code);
	}
}

/** The run was stopped or cancelled, so this request, or its next attempt, was not sent. */
export class SendingStopped extends Error {
	override name = 'SendingStopped';

	constructor(
		/** Attempts made before the stop; 0 means that nothing was ever sent. */
		readonly attempts: number,
	) {
		super('The run was stopped before this request was sent');
	}
}
