import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ItemOutcome } from './outcome';

/**
 * n8n's Retry On Fail runs the whole node again, for all items, within the same execution. What went through is remembered in this process until
 * then: those items are not sent again, and their results come out of the next try.
 */
export interface RetryMemory {
	/** The same for all tries of one run of the node, another one for every other run. */
	runId: string;
	/** What an earlier try came to for this item; `undefined` when it has to be done. */
	recall(index: number): ItemOutcome | undefined;
	/**
	 * Keeps what went through, with what was kept before.
	 *
	 * @param mustNotRepeat items that failed and must not be done again all the same
	 */
	keep(outcomes: readonly ItemOutcome[], mustNotRepeat: ReadonlySet<number>): void;
	forget(): void;
}

interface Remembered {
	runId: string;
	outcomes: Map<number, ItemOutcome>;
	/** Milliseconds since the epoch. */
	keptAtMs: number;
}

/** n8n waits at most 5 s between two tries; how long a try takes is not known beforehand. */
const longestKeptMs = 30 * 60_000;
/** Runs that failed for the last time are remembered too, because n8n doesn't say which try is the last. */
const mostRuns = 20;

/** By run; a map keeps its keys in the order they were set in. */
const remembered = new Map<string, Remembered>();

export function retryMemory(context: IExecuteFunctions, nowMs: number): RetryMemory {
	dropOld(nowMs);
	const key = keyOf(context);
	const before = key === undefined ? undefined : remembered.get(key);
	const runId = before?.runId ?? randomUUID();
	return {
		runId,
		// A copy: n8n and the nodes after this one change items in place.
		recall: (index) => structuredClone(before?.outcomes.get(index)),
		keep(outcomes, mustNotRepeat) {
			if (key === undefined) return;
			const kept = new Map(before?.outcomes);
			outcomes.forEach((outcome, index) => {
				if (outcome.state === 'done' || mustNotRepeat.has(index)) kept.set(index, structuredClone(outcome));
			});
			remembered.delete(key);
			remembered.set(key, { runId, outcomes: kept, keptAtMs: nowMs });
			for (const oldest of remembered.keys()) if (remembered.size > mostRuns) remembered.delete(oldest);
		},
		forget() {
			if (key !== undefined) remembered.delete(key);
		},
	};
}

/** `undefined` where n8n doesn't run the node again, or doesn't tell which execution this is. */
function keyOf(context: IExecuteFunctions): string | undefined {
	const { id, retryOnFail } = context.getNode();
	const executionId = context.getExecutionId() as string | undefined;
	if (retryOnFail !== true || !executionId) return undefined;
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(0);
	return JSON.stringify([executionId, id, runIndex, context.getInputData().length]);
}

function dropOld(nowMs: number): void {
	for (const [key, { keptAtMs }] of remembered) if (nowMs - keptAtMs > longestKeptMs) remembered.delete(key);
}
