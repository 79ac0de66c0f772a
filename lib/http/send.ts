import pLimit from 'p-limit';

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
	/** Sending through this transport; all of them share the run's limits. */
	through(transport: Transport): Send;
	/** Requests sent so far, repeats included. */
	sent(): number;
}

/**
 * The one way a run sends requests. All requests of the run share the concurrency, the rate, and the slowdown after a 429; a request that
 * waits for its next attempt occupies no place among those in flight.
 */
export function createSender({ clock, stop, random = Math.random, ...limits }: SenderSetup): Sender {
	const inFlight = pLimit(limits.concurrency);
	const pace = createPace(limits.requestsPerSecond, clock);
	let sent = 0;

	// What an attempt says of the service's load is taken in before its place goes to the next request.
	const attempt = (transport: Transport, request: HttpRequest, attempts: number) =>
		inFlight(async () => {
			await pace.turn(stop);
			if (stop?.aborted) throw new SendingStopped(attempts - 1);
			sent += 1;
			const outcome = await outcomeOf(transport(request));
			const delayMs = delayBeforeNext(outcome, attempts, clock.now(), random());
			tell(pace, outcome, delayMs);
			return { outcome, delayMs };
		});

	async function send(transport: Transport, request: HttpRequest): Promise<Answer> {
		let unclear = false;
		let isSignedAgain = false;
		for (let attempts = 1; ; attempts++) {
			const { outcome, delayMs } = await attempt(transport, request, attempts);
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

	return { through: (transport) => (request) => send(transport, request), sent: () => sent };
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
