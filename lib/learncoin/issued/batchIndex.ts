import type { BatchId, CredentialId } from '../api/checks';
import type { Achievement, Batch, BatchCredential, CredentialInput } from '../api/types';
import { batchState, listedCredentials, type BatchState } from '../batches/batchState';
import { sameRecipient } from '../credentials/recipientId';

/** What is known of a batch. */
export interface KnownBatch {
	readonly id: BatchId;
	state: BatchState;
	/** The order in which this process came to know of batches. */
	readonly order: number;
	/** When this process came to know of it, by `performance.now()`. */
	readonly knownSinceMs: number;
	/** Of one credential, as far as LearnCoin says. */
	readonly isSingle: boolean;
	/** Milliseconds since the epoch; `NaN` where LearnCoin doesn't say. */
	readonly createdMs: number;
	/** Whose credentials are in it is known, because this process sent it or LearnCoin lists them. */
	hasMembers: boolean;
	/** LearnCoin has listed its credentials, with their IDs, or will not. */
	isListed: boolean;
}

/** One credential that LearnCoin accepted. There may be 200,000 of them. */
export interface IssuedCredential {
	readonly batch: KnownBatch;
	/** Undefined until LearnCoin lists it, as is its link. */
	id?: CredentialId;
	/** Its link, split where the ID stands; most links share what is left. */
	linkParts?: readonly string[];
	/** What it is for; undefined until it is read. */
	achievement?: Pick<Achievement, 'id' | 'name'>;
	revoked?: boolean;
	/** Its document was asked for, and doesn't say what it is for. */
	isUnreadable?: boolean;
}

/** The link to the credential's verify page, as LearnCoin gave it. */
export const linkOf = ({ id, linkParts }: IssuedCredential): string | undefined => (id && linkParts ? linkParts.join(id) : undefined);

/** Batches and their credentials by recipient, put together from LearnCoin's answers and what this process sent itself. */
export interface BatchIndex {
	/** Takes in what LearnCoin says of a batch. `isAll`: what isn't listed in this answer will not be. */
	take(batch: Batch, isAll?: boolean): KnownBatch;
	/** Takes in a batch that this process sent. */
	takeSent(batch: Batch, credentials: readonly CredentialInput[]): KnownBatch;
	get(id: string): KnownBatch | undefined;
	batches(): Iterable<KnownBatch>;
	/** The recipient's credentials, also those that were given up, the newest known first. */
	of(recipientId: string): readonly IssuedCredential[];
	/** All recipients, each with theirs. */
	everybody(): Iterable<readonly [recipientId: string, credentials: readonly IssuedCredential[]]>;
	/** Credentials in all. */
	size(): number;
	newestOrder(): number;
	clear(): void;
}

export function createBatchIndex(): BatchIndex {
	const batches = new Map<string, KnownBatch>();
	const byRecipient = new Map<string, IssuedCredential[]>();
	let order = 0;
	let size = 0;

	const shared = new Map<string, readonly string[]>();
	const partsOf = (link: string, id: string): readonly string[] => {
		const parts = link.split(id);
		if (parts.length === 1) return parts;
		const name = JSON.stringify(parts);
		const same = shared.get(name) ?? parts;
		shared.set(name, same);
		return same;
	};

	const credentialIn = (batch: KnownBatch, recipientId: string): IssuedCredential => {
		const recipient = sameRecipient(recipientId);
		const all = byRecipient.get(recipient) ?? [];
		let credential = all.find((one) => one.batch === batch);
		if (!credential) {
			credential = { batch };
			all.unshift(credential);
			byRecipient.set(recipient, all);
			size += 1;
		}
		return credential;
	};

	const known = (batch: Batch): KnownBatch => {
		const before = batches.get(batch.id);
		if (before) return before;
		const created: KnownBatch = {
			id: batch.id as BatchId,
			state: 'open',
			order: ++order,
			knownSinceMs: performance.now(),
			isSingle: batch.credentials_count === 1,
			createdMs: typeof batch.created_at === 'string' ? Date.parse(batch.created_at) : NaN,
			hasMembers: false,
			isListed: false,
		};
		batches.set(batch.id, created);
		return created;
	};

	const take = (batch: Batch, isAll = false): KnownBatch => {
		const one = known(batch);
		if (one.isListed && isFinal(one)) return one;
		// An answer that was given again, or is late, has the state of then.
		const said = batchState(batch);
		if (!isFinal(one)) one.state = said;
		const listed = credentialsOf(batch);
		for (const { id, recipient_id, verify_url } of listed) {
			const credential = credentialIn(one, recipient_id);
			credential.id = id as CredentialId;
			if (typeof verify_url === 'string') credential.linkParts = partsOf(verify_url, id);
		}
		// By what this very answer says: one that was on its way while another said “anchored” lists nobody yet.
		const isFinalAnswer = isFinal({ state: said });
		const isWhole = listed.length > 0 && (isFinalAnswer || listed.length >= countOf(batch));
		if (isWhole || (isAll && isFinalAnswer)) one.isListed = one.hasMembers = true;
		return one;
	};

	return {
		take,
		takeSent(batch, credentials) {
			const one = take(batch);
			for (const { recipient, achievement } of credentials) {
				const { id, name } = achievement;
				credentialIn(one, recipient.id).achievement = { ...(id !== undefined && { id }), name };
			}
			one.hasMembers = true;
			return one;
		},
		get: (id) => batches.get(id),
		batches: () => batches.values(),
		of: (recipientId) => byRecipient.get(sameRecipient(recipientId)) ?? [],
		everybody: () => byRecipient.entries(),
		size: () => size,
		newestOrder: () => order,
		clear() {
			batches.clear();
			byRecipient.clear();
			size = 0;
		},
	};
}

export const isFinal = ({ state }: Pick<KnownBatch, 'state'>): boolean => state === 'anchored' || state === 'failed';

const countOf = ({ credentials_count: count }: Batch): number => (typeof count === 'number' ? count : Infinity);

const credentialsOf = (batch: Batch): BatchCredential[] => listedCredentials(batch).filter(({ id }) => typeof id === 'string');
