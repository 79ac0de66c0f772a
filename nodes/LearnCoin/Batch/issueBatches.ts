import pLimit from 'p-limit';

import { ExplainedFailure } from '../../../lib/http/explained';
import { ConnectionFailure, SendingStopped } from '../../../lib/http/types';
import { batchState, lookSoonAfterCreating, waitForAnchor } from '../../../lib/learncoin/batchState';
import type { BatchId } from '../../../lib/learncoin/checks';
import { LearnCoinFailure } from '../../../lib/learncoin/failures';
import { freshKey } from '../../../lib/learncoin/idempotency';
import { planBatches, type Batchable, type PlannedBatch } from '../../../lib/learncoin/planBatches';
import type { Batch } from '../../../lib/learncoin/types';
import type { LearnCoinAccess } from '../shared/access';
import type { Run } from '../../../lib/items/runOperation';
import type { Ledger } from './ledger';

export type AvoidDuplicates = 'retries' | 'ledger' | 'none';

/** One item's credential, and how its batch is to be made; the latter is the same for all of a group. */
export interface Issuable extends Batchable {
	access: LearnCoinAccess;
	avoidDuplicates: AvoidDuplicates;
	waits: boolean;
	/** What the ledger knows this credential by. */
	mark: string;
}

/** What became of one credential. */
export type Issued =
	/** It is in this batch; `first` is the batch's first credential. */
	| { kind: 'inBatch'; batch: Batch; members: Issuable[]; note?: string }
	/** The ledger says that it was issued before; nothing was sent. */
	| { kind: 'already' };

/**
 * Issues the credentials in batches, all of them at once, as the run's limits allow. Gives for each what becomes of it, which rejects when its
 * batch was not accepted.
 */
export function issueBatches(entries: Issuable[], run: Run, ledger: Ledger): (entry: Issuable) => Promise<Issued> {
	const places = pLimit(run.options.concurrency);
	const { firsts, repeats } = splitRepeats(entries);
	const results = new Map<Issuable, Promise<Issued>>();
	for (const planned of planBatches(firsts)) {
		const batch = places(async () => await issueBatch(planned, run, ledger)).then(async (created) => await watch(created, run, ledger));
		for (const entry of planned.entries) results.set(entry, quiet(batch.then((outcome) => outcome(entry))));
	}
	for (const [entry, first] of repeats) results.set(entry, quiet(results.get(first)!.then((issued) => asRepeat(issued))));
	return async (entry) => await results.get(entry)!;
}

/** A run that stops asks for no more results; those that reject then have nobody to hear them. */
function quiet<T>(promise: Promise<T>): Promise<T> {
	promise.catch(() => undefined);
	return promise;
}

/** With the ledger, the same learner and achievement again in one run share the first one's fate. */
function splitRepeats(entries: Issuable[]): { firsts: Issuable[]; repeats: Map<Issuable, Issuable> } {
	const byMark = new Map<string, Issuable>();
	const repeats = new Map<Issuable, Issuable>();
	const firsts = entries.filter((entry) => {
		const first = entry.avoidDuplicates === 'ledger' ? byMark.get(entry.mark) : undefined;
		if (first) repeats.set(entry, first);
		else byMark.set(entry.mark, entry);
		return !first;
	});
	return { firsts, repeats };
}

const asRepeat = (issued: Issued): Issued =>
	issued.kind === 'inBatch' && batchState(issued.batch) === 'failed' ? issued : { kind: 'already' };

interface Created {
	/** Undefined when the ledger knew all of its credentials. */
	batch?: Batch;
	members: Issuable[];
	already: Set<Issuable>;
}

async function issueBatch({ entries, key }: PlannedBatch<Issuable>, run: Run, ledger: Ledger): Promise<Created> {
	if (run.stop.aborted) throw new SendingStopped(0);
	const { access, avoidDuplicates } = entries[0]!;
	const members = avoidDuplicates === 'ledger' ? await claim(entries, ledger) : entries;
	const sent = new Set(members);
	const already = new Set(entries.filter((entry) => !sent.has(entry)));
	if (members.length === 0) return { members, already };
	try {
		const ownKey = key ?? (avoidDuplicates === 'none' ? freshKey() : undefined);
		const batch = await access.client.createBatch(
			members.map(({ credential }) => credential),
			ownKey,
		);
		return { batch, members, already };
	} catch (error) {
		run.failed();
		const notIssued = wasNotIssued(error);
		if (avoidDuplicates === 'ledger' && notIssued) await release(members, ledger);
		return await Promise.reject(withHint(error, avoidDuplicates === 'ledger' && !notIssued ? keptMarks : whoseRow(error, members)));
	}
}

/** LearnCoin counts within the batch, the user within the input. */
function whoseRow(error: unknown, members: Issuable[]): string {
	const row = error instanceof LearnCoinFailure ? /\bcredentials(?:\[|\.)(\d+)/.exec(error.happened) : null;
	const member = row && members[Number(row[1])];
	return member
		? `${row[0]}${row[0].includes('[') ? ']' : ''} is item ${member.index}, ${member.credential.recipient.name}. A row that LearnCoin does not take keeps its whole batch back.`
		: '';
}

const marksOf = (entries: Issuable[]) => entries.map(({ mark }) => mark);

async function claim(entries: Issuable[], ledger: Ledger): Promise<Issuable[]> {
	const fresh = await ledger.claim(marksOf(entries));
	return entries.filter(({ mark }) => fresh.has(mark));
}

const release = async (entries: Issuable[], ledger: Ledger) => await ledger.release(marksOf(entries));

/** LearnCoin refused it, or it was never sent. Of everything else, a batch may have come about. */
function wasNotIssued(error: unknown): boolean {
	if (error instanceof SendingStopped) return error.attempts === 0;
	if (!(error instanceof ExplainedFailure)) return false;
	const { httpStatus, code, attempts } = error.details;
	if (httpStatus === null) return attempts === 0 || (code !== null && new ConnectionFailure(code).neverSent);
	return httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
}

const keptMarks =
	'Whether the batch came about is not known, so this node takes its learners for issued. To make sure, run them again within 24 hours with Avoid Duplicates set to the 24-hour choice: if the batch came about, LearnCoin gives it again.';

function withHint(error: unknown, more: string): Error {
	if (more === '' || !(error instanceof LearnCoinFailure)) return error as Error;
	return new LearnCoinFailure('Creating the batch', error.happened, { ...error.details, hint: `${error.details.hint} ${more}` });
}

/** Follows a batch until it is anchored, if that is wanted, and tells of each credential what became of it. */
async function watch({ batch, members, already }: Created, run: Run, ledger: Ledger): Promise<(entry: Issuable) => Issued> {
	if (!batch) return () => ({ kind: 'already' });
	const { access, waits, avoidDuplicates } = members[0]!;
	const seen = waits ? await follow(batch, access, run) : { batch };
	if (batchState(seen.batch) === 'failed' && avoidDuplicates === 'ledger') await release(members, ledger);
	return (entry) => (already.has(entry) ? { kind: 'already' } : { kind: 'inBatch', members, ...seen });
}

/** Whatever happens while waiting, the batch was accepted: its ID is never given up for a state that could not be read. */
async function follow(
	created: Batch,
	{ client }: LearnCoinAccess,
	{ options, clock, stop }: Run,
): Promise<{ batch: Batch; note?: string }> {
	if (batchState(created) === 'anchored') return { batch: created };
	const look = async () => await lookSoonAfterCreating(created, async () => await client.getBatch(created.id as BatchId));
	try {
		const { pollIntervalMs, waitTimeoutMs } = options;
		return { batch: (await waitForAnchor({ look, pollIntervalMs, waitTimeoutMs, clock, stop })) ?? created };
	} catch (error) {
		const why = error instanceof ExplainedFailure ? `${error.message} ${error.details.hint}` : 'Its state could not be read.';
		return { batch: created, note: `The batch was accepted, but whether it is anchored is not known. ${why}` };
	}
}
