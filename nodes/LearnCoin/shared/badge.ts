import type { IDataObject } from 'n8n-workflow';

import type { Batch, BatchCredential, Recipient } from '../../../lib/learncoin/api/types';
import { credentialsByRecipient } from '../../../lib/learncoin/batches/batchState';

/** One recipient's credential in a batch, as it comes out: whose it is, and all that the batch says of it, its link once it is listed. */
export const badgeOf = (batch: Batch, { id: recipient_id, name: recipientName }: Recipient): IDataObject => ({
	...badgeAs(batch, listedIn(batch, recipient_id) ?? {}),
	recipient_id,
	recipientName,
});

/** One credential as a batch lists it, and what the batch says of each. */
export const badgeAs = (batch: Batch, listed: Partial<BatchCredential>): IDataObject => ({
	...batchFields(batch),
	...(listed as IDataObject),
});

/**
 * A batch as LearnCoin gives it, but for its `error`: n8n takes an item with that key for a failed one, and with Retry On Fail runs the whole node
 * again.
 */
export function batchJson({ error, ...batch }: Batch): IDataObject {
	return { ...(batch as IDataObject), ...(error !== undefined && error !== null && { batch_error: error }) };
}

/** What the batch says of each of its credentials. Its ID would be taken for the credential's, and its `error` for the item's, by n8n. */
function batchFields(batch: Batch): IDataObject {
	const known = Object.entries(batch).filter(([name, value]) => !ofTheBatch.has(name) && value !== null && value !== undefined);
	return {
		...(Object.fromEntries(known.map(([name, value]) => [name, copyOf(value)])) as IDataObject),
		batch_id: batch.id,
		...(typeof batch.error === 'string' && { batch_error: batch.error }),
	};
}

const ofTheBatch = new Set(['id', 'credentials', 'credentials_count', 'error']);

/** Items must not share an object: whoever changes one would change them all. */
const copyOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? structuredClone(value) : value);

const lookups = new WeakMap<Batch, (recipientId: string) => BatchCredential | undefined>();

/** Looked up for each of a batch's items, sorted by recipient only once. */
export function listedIn(batch: Batch, recipientId: string): BatchCredential | undefined {
	const lookup = lookups.get(batch) ?? credentialsByRecipient(batch);
	lookups.set(batch, lookup);
	return lookup(recipientId);
}
