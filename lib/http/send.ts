import { createLine } from './line';
import type { Pace } from './pace';
import { createPace } from './pace';
import { delayBeforeNext, mayHaveBeenDone, mayRepeat } from './retry';
import type { Answer, Clock, HttpRequest, HttpResponse, Send, Transport } from './types';
import { ConnectionFailure, SendingStopped } from './types';

export interface SendLimits {
	/** Requests in flight at the same time. */
	concurrency: number;
	/** Requests started per second; 0 = no limit. */
	requestsPerSecond: number;
	/** Attempts after the first. */
	maxRetries: number;
}

export interface SenderSetup extends SendLimits {
	clock: Clock;
	/** Once aborted, no further attempt starts; those on the wire finish. */
	stop?: AbortSignal;
	/** A number in [0, 1). */
	random?: () => number;
}

export interface Sender {
	/**
	 * Sending through this transport; all of them share the run's limits.
	 *
	 * @param prepare makes an attempt ready, such as by signing it: before its turn, so that no place in flight is held meanwhile, and again when
	 * its turn has come, because that may have taken long
	 */
	through(transport: Transport, prepare?: Prepare): Send;
	/** Requests sent so far, repeats included. */
	sent(): number;
}

/** Quick where it was done before and still holds. What it rejects with is what the request rejects with. */
export type Prepare = (request: HttpRequest) => Promise<HttpRequest>;

const asItIs: Prepare = (request) => Promise.resolve(request);

/**
 * The one way a run sends requests. All requests of the run share the concurrency, the rate, and the slowdown after a 429; a request that
 * waits for its next attempt occupies no place among those in flight. Requests that give way start when no other waits.
 */
export function createSender({ clock, stop, random = Math.random, ...limits }: SenderSetup): Sender {
	const pace = createPace(limits.requestsPerSecond, clock);
	const line = createLine(limits.concurrency, pace, clock, stop);
	let sent = 0;

	async function attempt(transport: Transport, prepare: Prepare, request: HttpRequest, attempts: number) {
		if (!stop?.aborted) await prepare(request);
		await line.enter(request.givesWay === true);
		try {
			if (stop?.aborted) throw new SendingStopped(attempts - 1);
			const prepared = await prepare(request);
			sent += 1;
			const outcome = await outcomeOf(transport(prepared));
			const delayMs = delayBeforeNext(outcome, attempts, clock.now(), random());
			// What an attempt says of the service's load is taken in before its place goes to the next request.
			tell(pace, outcome, delayMs);
			return { outcome, delayMs };
		} finally {
			line.leave();
		}
	}

	async function send(transport: Transport, prepare: Prepare, request: HttpRequest): Promise<Answer> {
		let unclear = false;
		let isSignedAgain = false;
		for (let attempts = 1; ; attempts++) {
			const { outcome, delayMs } = await attempt(transport, prepare, request, attempts);
			unclear ||= mayHaveBeenDone(outcome);
			// Whatever may be repeated otherwise: a refused signature did no work. It is a correction, so it is none of the retries.
			if (!isSignedAgain && !(outcome instanceof ConnectionFailure) && outcome.signAgain === true) {
				isSignedAgain = true;
				continue;
			}
			const retries = attempts - (isSignedAgain ? 2 : 1);
			if (delayMs === undefined || retries >= limits.maxRetries || !mayRepeat(request.repeat, outcome))
				return lastAnswer(outcome, attempts, unclear);
			await clock.sleep(delayMs, stop);
		}
	}

	return {
		through:
			(transport, prepare = asItIs) =>
			(request) =>
				send(transport, prepare, request),
		sent: () => sent,
	};
}

/** What an attempt ended in. Anything else thrown, such as a key that can't sign, is for the caller to explain. */
const outcomeOf = (attempt: Promise<HttpResponse>): Promise<HttpResponse | ConnectionFailure> =>
	attempt.catch((error: unknown) => (error instanceof ConnectionFailure ? error : Promise.reject(error)));

function tell(pace: Pace, outcome: HttpResponse | ConnectionFailure, delayMs: number | undefined): void {
	if (outcome instanceof ConnectionFailure) return;
	if (outcome.status === 429) pace.slowDown(delayMs ?? 0);
	else if (outcome.status < 400) pace.wentThrough();
}

function lastAnswer(outcome: HttpResponse | ConnectionFailure, attempts: number, unclear: boolean): Answer {
	if (outcome instanceof ConnectionFailure) throw new ConnectionFailure(outcome.code, attempts, unclear);
	return { ...outcome, attempts, mayHaveBeenDone: unclear };
}
