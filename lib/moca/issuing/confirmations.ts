import { boundedInterval, jittered as jitteredBy, longestIntervalMs } from '../../http/poll';
import { SendingStopped, type Clock } from '../../http/types';
import { createChainTimes } from './chainTimes';
import type { StatusResult } from './client';

export interface ConfirmationsSetup {
	/** Milliseconds before the first look at a credential, at least; from look to look it doubles, up to 30 s. */
	pollIntervalMs: number;
	/** Milliseconds after which the wait for a credential ends with whatever is known. */
	waitTimeoutMs: number;
	clock: Clock;
	/** Once aborted, all waits end at once with whatever is known. */
	stop?: AbortSignal;
	/** A number in [0, 1). */
	random?: () => number;
}

/** Waits for the credentials that one run has just issued. */
export interface Confirmations {
	/**
	 * Looks until the credential is on-chain, in an undocumented state, or the time is up. Resolves with the last status; `undefined` when it was
	 * stopped before the first look.
	 *
	 * @param ask asks for the status once; what it rejects with, the wait does
	 */
	wait(ask: () => Promise<StatusResult>): Promise<StatusResult | undefined>;
}

interface Waiting {
	ask: () => Promise<StatusResult>;
	sinceMs: number;
	looks: number;
	/** When the next look may be at the earliest, ms since the epoch. */
	notBeforeMs: number;
	/** When it is, whatever is known. */
	atLatestMs: number;
	last?: StatusResult;
	end(this: void, status: StatusResult | undefined): void;
	fail(this: void, error: unknown): void;
}

/** After a look in vain it is worth waiting this share of the age; else the last ones of a slow chain would be asked for over and over. */
const shareOfAge = 0.08;
/**
 * However little the others' looks promise, the first look comes by the time at which doubling looks for the fifth time: a service that only
 * finds out when it is asked would else be waited for without end.
 */
const latestFirst = 31;
/** Nobody sees a difference of less, and going through all that wait takes its time. */
const shortestNapMs = 25;

/**
 * No credential is looked at more often than Moca's documents advise: after 1 s, doubling to 30 s (docs/api/moca.md 4.2). The first look comes
 * when others of the same run make it likely to find the credential on-chain; while nothing is known, a few look in turn, for all. One
 * timer serves all that wait.
 */
export function createConfirmations({ clock, stop, random = Math.random, ...setup }: ConfirmationsSetup): Confirmations {
	const jittered = (ms: number) => jitteredBy(ms, random());
	const pollIntervalMs = boundedInterval(setup.pollIntervalMs);
	const firstMs = jittered(pollIntervalMs);
	const times = createChainTimes(firstMs);
	/** Nobody has looked at them yet; in the order of their age. */
	const fresh = new Set<Waiting>();
	const again = new Set<Waiting>();
	let isWatching = false;
	let hasNews = false;
	let nap: AbortController | undefined;
	stop?.addEventListener('abort', () => nap?.abort(), { once: true });

	const deadlineOf = ({ sinceMs }: Waiting): number => sinceMs + setup.waitTimeoutMs;
	const dueAt = (one: Waiting): number =>
		Math.min(deadlineOf(one), one.atLatestMs, Math.max(one.notBeforeMs, one.sinceMs + times.worthALookMs()));

	function lineUp(one: Waiting, set: Set<Waiting>): void {
		set.add(one);
		hasNews = true;
		nap?.abort();
		if (!isWatching) void watch();
	}

	async function look(one: Waiting): Promise<void> {
		const isFirst = fresh.delete(one);
		again.delete(one);
		const beganAtMs = clock.now() - one.sinceMs;
		times.began(beganAtMs);
		try {
			const status = await one.ask();
			const ageMs = clock.now() - one.sinceMs;
			const isWaiting = status.state === 'waiting';
			// An answer may be long in coming: it was on-chain by then, or wasn't at the beginning.
			times.answered(beganAtMs, { ageMs: isWaiting ? beganAtMs : ageMs, isConfirmed: !isWaiting }, isFirst);
			if (!isWaiting || clock.now() >= deadlineOf(one)) return one.end(status);
			one.last = status;
			one.looks++;
			const doubled = Math.min(longestIntervalMs, Math.max(pollIntervalMs, times.nextOfDoublingMs(ageMs) - ageMs));
			const shortest = Math.min(doubled, Math.max(pollIntervalMs * 2 ** one.looks, ageMs * shareOfAge));
			one.notBeforeMs = clock.now() + jittered(shortest);
			one.atLatestMs = clock.now() + jittered(doubled);
			lineUp(one, again);
		} catch (error) {
			times.gaveUp(beganAtMs);
			if (error instanceof SendingStopped) one.end(one.last);
			else one.fail(error);
		} finally {
			hasNews = true;
			nap?.abort();
		}
	}

	/** @returns when the next look is due, as far as is known now; ms since the epoch */
	function lookAtTheDue(): number {
		const now = clock.now();
		let next = Infinity;
		for (const one of fresh) {
			const due = dueAt(one);
			if (due > now || (times.isEnoughInFlight() && deadlineOf(one) > now)) {
				next = Math.max(due, now);
				break;
			}
			void look(one);
		}
		for (const one of again) {
			const due = dueAt(one);
			if (due <= now) void look(one);
			else next = Math.min(next, due);
		}
		return next;
	}

	async function watch(): Promise<void> {
		isWatching = true;
		while (fresh.size + again.size > 0 && !stop?.aborted) {
			hasNews = false;
			const next = lookAtTheDue();
			await clock.sleep(shortestNapMs);
			const left = Math.min(longestIntervalMs, next - clock.now());
			if (hasNews || left <= 0) continue;
			nap = new AbortController();
			await clock.sleep(left, nap.signal);
			nap = undefined;
		}
		isWatching = false;
		for (const one of [...fresh, ...again]) one.end(one.last);
		[fresh, again].forEach((set) => set.clear());
	}

	return {
		wait: async (ask) =>
			await new Promise((end, fail) => {
				const sinceMs = clock.now();
				lineUp({ ask, sinceMs, looks: 0, notBeforeMs: sinceMs + firstMs, atLatestMs: sinceMs + firstMs * latestFirst, end, fail }, fresh);
			}),
	};
}
