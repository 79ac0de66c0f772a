import { CallFailure, isCallFailure } from '../../http/explain';
import { ExplainedFailure } from '../../http/explained';
import { SendingStopped } from '../../http/types';
import type { LearnCoinClient } from '../api/client';
import type { IdempotencyKey } from '../api/idempotency';
import type { Batch } from '../api/types';
import { batchState } from './batchState';
import { findSentBatch } from './findSentBatch';
import { batchKey } from './identity';
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
	/** Undefined when the ledger knew all of its credentials, or when LearnCoin doesn't show yet where they were sent before. */
	batch?: Batch;
	/** Those that are in the batch; the ledger says of the others that they were issued before. */
	sent: Entry[];
	/** They were sent within the last 24 hours, with other details; nothing new was issued. */
	wasSentBefore?: boolean;
}

export interface SubmitSetup {
	ledger: Ledger;
	/** The same when the same run is tried again: where each time is meant, one run is one time. */
	runId: string;
	/** Milliseconds since the epoch. */
	nowMs: number;
}

/**
 * Sends a batch, without what the ledger says was issued before.
 *
 * @throws CallFailure when it was not accepted, or when nobody knows; SendingStopped when the run was stopped before
 */
export async function submitBatch<Entry extends Issuable>(
	{ entries, key }: PlannedBatch<Entry>,
	setup: SubmitSetup,
): Promise<SubmittedBatch<Entry>> {
	const { ledger } = setup;
	const { avoidDuplicates } = entries[0]!;
	const sent = avoidDuplicates === 'ledger' ? await claim(entries, ledger) : entries;
	if (sent.length === 0) return { sent };
	// In one order, whatever the input's: LearnCoin may compare the bytes.
	const ordered = [...sent].sort((one, other) => (one.identity === other.identity ? 0 : one.identity < other.identity ? -1 : 1));
	try {
		return { ...(await send(ordered, key, setup)), sent };
	} catch (error) {
		if (avoidDuplicates !== 'ledger') throw withHint(error, whoseRow(error, ordered));
		if (!isSurelyNotIssued(error)) throw withHint(error, ledger.whenUnclear);
		await release(sent, ledger);
		throw withHint(error, whoseRow(error, ordered));
	}
}

const againIsSame = 'Run the same again within 24 hours: if the batch came about, LearnCoin gives it again and issues nothing twice.';
const againIssues = 'Look at the list of batches before running it again: each run issues once more.';

async function send(
	entries: readonly Issuable[],
	ownKey: IdempotencyKey | undefined,
	{ runId, nowMs }: SubmitSetup,
): Promise<Omit<SubmittedBatch<Issuable>, 'sent'>> {
	const { client, avoidDuplicates } = entries[0]!;
	const credentials = entries.map(({ credential }) => credential);
	if (ownKey) return { batch: await client.createBatch(credentials, ownKey, againIsSame) };
	const rows = entries.map(({ index, identity }) => `${index} ${identity}`);
	if (avoidDuplicates === 'none') return { batch: await client.createBatch(credentials, batchKey(rows, runId), againIssues) };
	const identities = entries.map(({ identity }) => identity);
	try {
		return { batch: await client.createBatch(credentials, batchKey(identities), againIsSame) };
	} catch (error) {
		if (!isCallFailure(error, 409)) return await Promise.reject(error as Error);
		const isKnown = error.details.code === 'idempotency_key_reused';
		// That they were sent is certain by now, whether or not it can be seen where.
		const before = await findSentBatch(client, credentials, nowMs).catch(() => undefined);
		if (!before) return isKnown ? { wasSentBefore: true } : await Promise.reject(error);
		if (batchState(before) !== 'failed') return { batch: before, wasSentBefore: true };
		// What was given up is not issued: the next try is another one.
		return { batch: await client.createBatch(credentials, batchKey(identities, before.id), againIsSame) };
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
