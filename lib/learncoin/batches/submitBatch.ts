import { CallFailure } from '../../http/explain';
import { ExplainedFailure } from '../../http/explained';
import { SendingStopped } from '../../http/types';
import type { LearnCoinClient } from '../api/client';
import { derivedKey } from '../api/idempotency';
import type { Batch } from '../api/types';
import type { Ledger } from './ledger';
import type { Batchable, PlannedBatch } from './planBatches';

/** How the same credentials, asked for again, are kept from being issued twice. */
export type AvoidDuplicates =
	/** LearnCoin recognises the same batch for 24 hours. */
	| 'retries'
	/** A ledger knows what was issued before. */
	| 'ledger'
	/** Not at all: each time is meant. */
	| 'none';

/** One credential, and how its batch is to be made; the latter is the same for all of a group. */
export interface Issuable extends Batchable {
	client: LearnCoinClient;
	avoidDuplicates: AvoidDuplicates;
	/** What the ledger knows this credential by. */
	mark: string;
}

/** What sending a batch came to. */
export interface SubmittedBatch<Entry extends Issuable> {
	/** Undefined when the ledger knew all of its credentials. */
	batch?: Batch;
	/** Those that are in the batch; the ledger says of the others that they were issued before. */
	sent: Entry[];
}

/**
 * Sends a batch, without what the ledger says was issued before.
 *
 * @param runId the same when the same run is tried again: where each time is meant, one run is one time
 * @throws CallFailure when it was not accepted, or when nobody knows; SendingStopped when the run was stopped before
 */
export async function submitBatch<Entry extends Issuable>(
	{ entries, key }: PlannedBatch<Entry>,
	ledger: Ledger,
	runId: string,
): Promise<SubmittedBatch<Entry>> {
	const { client, avoidDuplicates } = entries[0]!;
	const sent = avoidDuplicates === 'ledger' ? await claim(entries, ledger) : entries;
	if (sent.length === 0) return { sent };
	try {
		const ownKey =
			key ?? (avoidDuplicates === 'none' ? derivedKey(runId, ...sent.map(({ index, mark }) => `${index} ${mark}`)) : undefined);
		return {
			batch: await client.createBatch(
				sent.map(({ credential }) => credential),
				ownKey,
			),
			sent,
		};
	} catch (error) {
		if (avoidDuplicates !== 'ledger') throw withHint(error, whoseRow(error, sent));
		if (!isSurelyNotIssued(error)) throw withHint(error, ledger.whenUnclear);
		await release(sent, ledger);
		throw withHint(error, whoseRow(error, sent));
	}
}

async function claim<Entry extends Issuable>(entries: Entry[], ledger: Ledger): Promise<Entry[]> {
	const fresh = await ledger.claim(entries.map(({ mark }) => mark));
	return entries.filter(({ mark }) => fresh.has(mark));
}

/** Takes credentials out of the ledger: they were not issued after all. */
export const release = async (entries: readonly Issuable[], ledger: Ledger): Promise<void> =>
	await ledger.release(entries.map(({ mark }) => mark));

/** Of everything but what LearnCoin refused or never got, in any attempt, a batch may have come about. */
function isSurelyNotIssued(error: unknown): boolean {
	if (error instanceof SendingStopped) return error.attempts === 0;
	return error instanceof CallFailure ? !error.mayHaveBeenDone : error instanceof ExplainedFailure && error.details.attempts === 0;
}

const withHint = (error: unknown, more: string): Error =>
	error instanceof CallFailure ? error.of('Creating the batch').adding(more) : (error as Error);

/** LearnCoin counts within the batch, the user within the input. */
function whoseRow(error: unknown, entries: readonly Issuable[]): string {
	const row = error instanceof CallFailure ? /\bcredentials(?:\[|\.)(\d+)/.exec(error.problem) : null;
	const entry = row && entries[Number(row[1])];
	if (!entry) return '';
	const place = `${row[0]}${row[0].includes('[') ? ']' : ''}`;
	return `${place} is item ${entry.index}, ${entry.credential.recipient.name}. A row that LearnCoin does not take keeps its whole batch back.`;
}
