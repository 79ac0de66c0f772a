import { CallFailure, isCallFailure } from '../../http/explain';
import type { LearnCoinClient } from '../api/client';
import type { IdempotencyKey } from '../api/idempotency';
import type { Batch } from '../api/types';
import type { History } from '../issued/history';
import type { CheckedCredential } from '../credentials/credentialInput';
import { batchState } from './batchState';
import { findSentBatch } from './findSentBatch';
import { batchKey } from './identity';
import type { Batchable, PlannedBatch } from './planBatches';

/** How the same credentials, asked for again, are kept from being issued twice. */
export type AvoidDuplicates =
	/** LearnCoin recognises the same batch for 24 hours. */
	| 'retries'
	/** LearnCoin is asked what was issued before, whenever that was. */
	| 'ledger'
	/** Not at all: each time is meant. */
	| 'none';

/** One credential, and how its batch is to be made; the latter is the same for all of a group. */
export interface Issuable extends Batchable {
	client: LearnCoinClient;
	/** What its account has issued. */
	history: History;
	avoidDuplicates: AvoidDuplicates;
}

/** What sending a batch came to. */
export interface SubmittedBatch {
	/** Undefined when LearnCoin doesn't show yet where its credentials were sent before. */
	batch?: Batch;
	/** They were sent within the last 24 hours, with other details; nothing new was issued. */
	wasSentBefore?: boolean;
}

export interface SubmitSetup {
	/** The same when the same run is tried again: where each time is meant, one run is one time. */
	runId: string;
	/** Milliseconds since the epoch. */
	nowMs: number;
}

/**
 * Sends a batch that LearnCoin may recognise by its key, if at all.
 *
 * @throws CallFailure when it was not accepted, or when nobody knows; SendingStopped when the run was stopped before
 */
export async function submitBatch({ entries, key }: PlannedBatch<Issuable>, setup: SubmitSetup): Promise<SubmittedBatch> {
	const ordered = inOneOrder(entries);
	try {
		return await send(ordered, key, setup);
	} catch (error) {
		return await Promise.reject(namingRows(error, ordered));
	}
}

/** Whatever the input's: LearnCoin may compare the bytes, and counts within the batch. */
export const inOneOrder = <Entry extends Batchable>(entries: readonly Entry[]): Entry[] =>
	[...entries].sort((one, other) => (one.identity === other.identity ? 0 : one.identity < other.identity ? -1 : 1));

const againIsSame = 'Run the same again within 24 hours: if the batch came about, LearnCoin gives it again and issues nothing twice.';
const againIssues = 'Look at the list of batches before running it again: each run issues once more.';

async function send(
	entries: readonly Issuable[],
	ownKey: IdempotencyKey | undefined,
	{ runId, nowMs }: SubmitSetup,
): Promise<SubmittedBatch> {
	const { client, history, avoidDuplicates } = entries[0]!;
	const credentials = entries.map(({ credential }) => credential);
	if (ownKey) return { batch: await client.createBatch(credentials, ownKey, againIsSame) };
	if (avoidDuplicates === 'none') {
		const rows = entries.map(({ index, identity }) => `${index} ${identity}`);
		return { batch: await sendAgainAsBefore(client, credentials, batchKey(rows, runId)) };
	}
	const identities = entries.map(({ identity }) => identity);
	try {
		return { batch: await client.createBatch(credentials, batchKey(identities), againIsSame) };
	} catch (error) {
		if (!isCallFailure(error, 409)) return await Promise.reject(error as Error);
		const isKnown = error.details.code === 'idempotency_key_reused';
		// That they were sent is certain by now, whether or not it can be seen where.
		const before = await findSentBatch(client, history, credentials, nowMs).catch(() => undefined);
		if (!before) return isKnown ? { wasSentBefore: true } : await Promise.reject(error);
		if (batchState(before) !== 'failed') return { batch: before, wasSentBefore: true };
		// What was given up is not issued: the next try is another one.
		return { batch: await client.createBatch(credentials, batchKey(identities, before.id), againIsSame) };
	}
}

/** Batches of which nobody knows whether they came about, by their keys; the oldest make room. */
const unclear = new Map<IdempotencyKey, readonly CheckedCredential[]>();
const mostUnclear = 50;

/**
 * With the same key goes the same body, also where the next try of this run has another moment as its date: only so LearnCoin gives the batch
 * again that the try before may have made.
 */
async function sendAgainAsBefore(client: LearnCoinClient, credentials: readonly CheckedCredential[], key: IdempotencyKey): Promise<Batch> {
	const body = unclear.get(key) ?? credentials;
	try {
		const batch = await client.createBatch(body, key, againIssues);
		unclear.delete(key);
		return batch;
	} catch (error) {
		if (error instanceof CallFailure && error.mayHaveBeenDone) unclear.set(key, body);
		for (const oldest of unclear.keys()) if (unclear.size > mostUnclear) unclear.delete(oldest);
		return await Promise.reject(error as Error);
	}
}

/** A failure of a batch, saying which of the user's rows LearnCoin means. */
export const namingRows = (error: unknown, entries: readonly Batchable[]): Error =>
	error instanceof CallFailure ? error.of('Creating the batch').adding(whoseRow(error, entries)) : (error as Error);

/** LearnCoin counts within the batch, the user within the input. */
function whoseRow(error: CallFailure, entries: readonly Batchable[]): string {
	const row = /\bcredentials(?:\[|\.)(\d+)/.exec(error.problem);
	const entry = row && entries[Number(row[1])];
	if (!entry) return '';
	const place = `${row[0]}${row[0].includes('[') ? ']' : ''}`;
	return `${place} is item ${entry.index}, ${entry.credential.recipient.name}. A row that LearnCoin does not take keeps its whole batch back.`;
}
