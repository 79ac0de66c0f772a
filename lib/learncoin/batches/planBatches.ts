import { keyOfBatch, type IdempotencyKey } from '../api/idempotency';
import { doubtfulFrameworks, type CheckedCredential } from '../credentials/credentialInput';
import { isVersion4, sameRecipient, type RecipientId } from '../credentials/recipientId';

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
	/** What makes it this credential and no other. */
	identity: string;
	/** Whether entries with the same identity are one credential, which the first of them stands for. */
	isOnce: boolean;
}

export interface PlannedBatch<Entry extends Batchable> {
	entries: Entry[];
	/** Entries that are the same credential as one of `entries`, and which. */
	repeats: Map<Entry, Entry>;
	/** Of the user's own; without one, it is derived from what is sent. */
	key?: IdempotencyKey;
}

/**
 * Puts credentials into batches, in input order, so that:
 * - no batch has a recipient twice: an answer names credentials by recipient alone (docs/api/learncoin.md 3.2);
 * - a refused row keeps its place, so that once it is corrected, the other batches are the same as before, and recognised as such;
 * - what LearnCoin might refuse (docs/api/learncoin.md 2, recipient ID; 12, no. 12) doesn't take others with it.
 *
 * @throws ExplainedFailure when an own key gets too long by numbering
 */
export function planBatches<Entry extends Batchable>(entries: readonly Entry[]): Array<PlannedBatch<Entry>> {
	const { firsts, repeats } = splitRepeats(entries);
	const count = createCounter();
	return layOut(firsts).map((members) => {
		const { ownKey, group } = members[0]!;
		const among = new Set(members);
		return {
			entries: members,
			repeats: new Map([...repeats].filter(([, first]) => among.has(first))),
			...(ownKey && { key: keyOfBatch(ownKey, count(`batches ${group}`)) }),
		};
	});
}

function layOut<Entry extends Batchable>(entries: readonly Entry[]): Entry[][] {
	const batches = new Map<string, Entry[]>();
	const count = createCounter();
	entries.forEach((entry, position) => {
		const { credential, group, batchSize, index } = entry;
		const recipientId = credential.recipient.id as RecipientId;
		const doubt = doubtOf(credential);
		const repetition = count(`${group} ${sameRecipient(recipientId)}`);
		const layer = `${group} ${doubt} ${repetition}`;
		const refusedBefore = repetition === 0 && doubt === '' ? index - position : 0;
		const place = Math.floor((count(layer) + refusedBefore) / batchSize);
		const members = batches.get(`${layer} ${place}`) ?? [];
		members.push(entry);
		batches.set(`${layer} ${place}`, members);
	});
	return [...batches.values()];
}

/** What LearnCoin might refuse a credential for, whose batch is refused with it. */
const doubtOf = (credential: CheckedCredential): string =>
	[isVersion4(credential.recipient.id as RecipientId) ? '' : 'id', doubtfulFrameworks(credential).length > 0 ? 'alignment' : ''].join('');

function splitRepeats<Entry extends Batchable>(entries: readonly Entry[]): { firsts: Entry[]; repeats: Map<Entry, Entry> } {
	const byIdentity = new Map<string, Entry>();
	const repeats = new Map<Entry, Entry>();
	const firsts = entries.filter((entry) => {
		if (!entry.isOnce) return true;
		const key = `${entry.group} ${entry.identity}`;
		const first = byIdentity.get(key);
		if (first) repeats.set(entry, first);
		else byIdentity.set(key, entry);
		return !first;
	});
	return { firsts, repeats };
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
