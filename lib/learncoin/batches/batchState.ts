import { isCallFailure } from '../../http/explain';
import { poll, type PollSetup } from '../../http/poll';
import { isJsonObject } from '../../values/json';
import type { Batch, BatchCredential } from '../api/types';
import { sameRecipient } from '../credentials/recipientId';

export type BatchState = 'open' | 'anchored' | 'failed' | 'unknown';

// The API has pending and signed; an older page has signing and anchoring instead (docs/api/learncoin.md 12, no. 6).
const openStatuses = new Set(['pending', 'signed', 'signing', 'anchoring']);

/** What a batch's status means; `unknown` for one that isn't documented. */
export function batchState({ status }: Batch): BatchState {
	if (status === 'anchored' || status === 'failed') return status;
	return typeof status === 'string' && openStatuses.has(status) ? 'open' : 'unknown';
}

/**
 * Looks until the batch is anchored, failed, or in an undocumented state, or the time is up; resolves with the batch as it was last seen,
 * `undefined` when it was stopped before the first look.
 */
export const waitForAnchor = (setup: Omit<PollSetup<Batch>, 'isFinal'>): Promise<Batch | undefined> =>
	poll({ ...setup, isFinal: (batch) => batchState(batch) !== 'open' });

/** For the first moments of a batch: whether LearnCoin finds at once what it just accepted isn't documented. */
export async function lookSoonAfterCreating(created: Batch, look: () => Promise<Batch>): Promise<Batch> {
	try {
		return await look();
	} catch (error) {
		if (isCallFailure(error, 404)) return { ...created, status: 'pending' };
		return await Promise.reject(error as Error);
	}
}

/** What an anchored batch lists of its credentials; empty for a batch that doesn't list them yet. */
export const listedCredentials = ({ credentials }: Batch): BatchCredential[] =>
	(Array.isArray(credentials) ? (credentials as unknown[]) : []).filter(
		(one): one is BatchCredential => isJsonObject(one) && typeof one.recipient_id === 'string',
	);

/** The same by recipient, whatever their order (docs/api/learncoin.md 3.2). */
export function credentialsByRecipient(batch: Batch): (recipientId: string) => BatchCredential | undefined {
	const byRecipient = new Map(listedCredentials(batch).map((credential) => [sameRecipient(credential.recipient_id), credential]));
	return (recipientId) => byRecipient.get(sameRecipient(recipientId));
}
