import { isJsonObject } from '../../values/json';
import type { BatchId } from '../api/checks';
import type { LearnCoinClient } from '../api/client';
import { largestPage } from '../api/pages';
import type { Batch, BatchCredential } from '../api/types';
import { sameRecipient } from '../credentials/recipientId';
import { credentialsByRecipient } from './batchState';

export interface FoundCredential {
	batch: Batch;
	credential: BatchCredential;
}

export interface Search {
	recipientId: string;
	/** Batches that were created before are not looked at; milliseconds since the epoch. */
	sinceMs?: number | undefined;
	/** At most so many batches are looked at, the newest first. */
	mostBatches?: number;
}

/**
 * A recipient's credentials, newest batch first. LearnCoin has no call for it (docs/api/learncoin.md 3), so batches are gone through; those
 * that the list gives without their credentials (3.3) are asked for one by one. Batches that aren't anchored yet may list none.
 *
 * @throws CallFailure; SendingStopped
 */
export async function findCredentials(
	client: LearnCoinClient,
	{ recipientId, sinceMs = -Infinity, mostBatches = 200 }: Search,
): Promise<FoundCredential[]> {
	const found: FoundCredential[] = [];
	let cursor: string | undefined;
	for (let seen = 0; seen < mostBatches;) {
		const { entries, nextCursor } = await client.listBatches({ cursor, limit: Math.min(largestPage, mostBatches - seen) });
		for (const entry of entries) {
			if (createdMs(entry) < sinceMs) return found;
			const batch = Array.isArray(entry.credentials) ? entry : await client.getBatch(entry.id as BatchId);
			const credential = credentialsByRecipient(batch)(sameRecipient(recipientId));
			if (credential && typeof credential.id === 'string') found.push({ batch, credential });
		}
		seen += entries.length;
		if (nextCursor === undefined || nextCursor === cursor || entries.length === 0) return found;
		cursor = nextCursor;
	}
	return found;
}

/** A batch without a date may be of any time. */
function createdMs(batch: Batch): number {
	const ms = isJsonObject(batch) && typeof batch.created_at === 'string' ? Date.parse(batch.created_at) : NaN;
	return Number.isNaN(ms) ? Infinity : ms;
}
