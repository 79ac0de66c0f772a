import type { CheckedCredential } from './credentialInput';
import { keyOfBatch, type IdempotencyKey } from './idempotency';
import { isVersion4, sameRecipient, type RecipientId } from './recipientId';

/** One credential that is to go into a batch. */
export interface Batchable {
	/** Its place in the run's input; those missing between are rows that were refused. */
	index: number;
	credential: CheckedCredential;
	/** Only credentials of the same group may share a batch. */
	group: string;
	/** Most credentials in one batch; the same for the whole group. */
	batchSize: number;
	/** The user's own key; the same for the whole group. */
	ownKey?: IdempotencyKey;
}

export interface PlannedBatch<Entry extends Batchable> {
	entries: Entry[];
	/** Of the user's own; without one, it is derived from what is sent. */
	key?: IdempotencyKey;
}

/**
 * Puts credentials into batches, in input order, so that:
 * - no batch has a recipient twice: an answer names credentials by recipient alone (fact sheet 3.2);
 * - a refused row keeps its place, so that once it is corrected, the other batches are the same as before, and recognised as such;
 * - IDs that LearnCoin might refuse (fact sheet 2, recipient ID) don't take others with them.
 *
 * @throws ExplainedFailure when an own key gets too long by numbering
 */
export function planBatches<Entry extends Batchable>(entries: readonly Entry[]): Array<PlannedBatch<Entry>> {
	const batches = new Map<string, Entry[]>();
	const count = createCounter();
	entries.forEach((entry, position) => {
		const { credential, group, batchSize, index } = entry;
		const recipientId = credential.recipient.id as RecipientId;
		const form = isVersion4(recipientId) ? 'v4' : 'other';
		const repetition = count(`${group} ${sameRecipient(recipientId)}`);
		const layer = `${group} ${form} ${repetition}`;
		const refusedBefore = repetition === 0 && form === 'v4' ? index - position : 0;
		const place = Math.floor((count(layer) + refusedBefore) / batchSize);
		const members = batches.get(`${layer} ${place}`) ?? [];
		members.push(entry);
		batches.set(`${layer} ${place}`, members);
	});
	return [...batches.values()].map((members) => {
		const { ownKey, group } = members[0]!;
		return { entries: members, ...(ownKey && { key: keyOfBatch(ownKey, count(`batches ${group}`)) }) };
	});
}

/** How often each name was counted before. */
function createCounter(): (name: string) => number {
	const counts = new Map<string, number>();
	return (name) => {
		const before = counts.get(name) ?? 0;
		counts.set(name, before + 1);
		return before;
	};
}
