import { poll, type PollSetup } from '../../http/poll';
import { isCallFailure } from '../../http/explain';
import type { LearnCoinClient } from '../api/client';
import { largestPage } from '../api/pages';
import type { Batch, CredentialInput } from '../api/types';
import { createBatchIndex, isFinal, type BatchIndex, type IssuedCredential, type KnownBatch } from './batchIndex';
import { createTurns, type InTurn } from './turns';

/** How far back is looked, the newest first: a walk ends at the first of these bounds. */
export const lookBack = { batches: 10_000, credentials: 200_000 };

/** In most cases little has happened since the last look. */
const shortPage = 10;
/** How long a batch that was just accepted may be unknown to LearnCoin, in milliseconds. */
const foundWithinMs = 10_000;

export type WaitTimes = Pick<PollSetup<unknown>, 'pollIntervalMs' | 'waitTimeoutMs' | 'clock' | 'stop'>;

/**
 * What a tenant has issued, as LearnCoin tells it. Kept in memory, so that each look costs one request; a new process reads it anew.
 * LearnCoin has no call for a recipient's credentials (docs/api/learncoin.md 3), and may list those of a batch only once it is anchored (3.2).
 */
export interface History {
	/**
	 * Takes in what is new since the last look, as of the time of this call at the earliest.
	 *
	 * @throws CallFailure; SendingStopped
	 */
	refresh(client: LearnCoinClient): Promise<void>;
	/** Takes in a batch that this process sent. */
	accept(batch: Batch, credentials: readonly CredentialInput[]): void;
	get: BatchIndex['get'];
	/** The recipient's credentials, the newest known first. */
	of(recipientId: string): IssuedCredential[];
	/** The same, and those that were given up. */
	everSentTo(recipientId: string): readonly IssuedCredential[];
	/** All recipients, each with what was sent to them. */
	everybody(): Iterable<readonly [recipientId: string, credentials: readonly IssuedCredential[]]>;
	/** Batches that were accepted, and of which LearnCoin doesn't say yet whose credentials are in them. */
	untold(): KnownBatch[];
	/** Whether LearnCoin itself tells who is in this batch, or has given it up. */
	isTold(batchId: string): boolean;
	/** The newest batch of several credentials; '' before the first one. */
	head(): string;
	/** Credentials in all. */
	size(): number;
	/** Grows with every batch that gets known. */
	newestOrder(): number;
	/**
	 * Waits until LearnCoin says whose credentials are in these batches, and of those where it did, until they are anchored; or the time is up.
	 *
	 * @throws CallFailure
	 */
	waitFor(batches: readonly KnownBatch[], client: LearnCoinClient, times: WaitTimes): Promise<void>;
	/** Work for the same learners and achievements, one after another. */
	inTurn: InTurn;
}

export function createHistory(): History {
	const index = createBatchIndex();
	/** Batches whose predecessors are all known. */
	const walked = new WeakSet<KnownBatch>();
	let isComplete = false;
	let head: KnownBatch | undefined;
	const inTurn = createTurns();

	const take = (batch: Batch, isAll = false): KnownBatch => index.take(batch, isAll);
	const read = async (known: KnownBatch, client: LearnCoinClient): Promise<void> => {
		const batch = await client
			.getBatch(known.id)
			.catch((error: unknown) => (isCallFailure(error, 404) ? undefined : Promise.reject(error as Error)));
		if (batch) take(batch, true);
		// LearnCoin may take a moment to find what it just accepted; later, it has no such batch.
		else if (performance.now() - known.knownSinceMs > foundWithinMs) known.state = 'failed';
	};

	async function walk(client: LearnCoinClient): Promise<void> {
		if (index.size() > 2 * lookBack.credentials) forget();
		const inList = new Set<KnownBatch>();
		let reachesKnown = false;
		const missesHead = head !== undefined;
		let newest: KnownBatch | undefined;
		let cursor: string | undefined;
		let goesOn = true;
		while (goesOn) {
			const limit = isComplete && cursor === undefined ? shortPage : largestPage;
			const { entries, nextCursor } = await client.listBatches({ cursor, limit });
			const batches = entries.map((entry) => take(entry));
			reachesKnown = isComplete && batches.some((batch) => walked.has(batch));
			for (const batch of batches) inList.add(batch);
			newest ??= batches.find(({ isSingle }) => !isSingle);
			goesOn = nextCursor !== undefined && nextCursor !== cursor && batches.length > 0 && !reachesKnown;
			goesOn &&= inList.size < lookBack.batches && index.size() < lookBack.credentials;
			cursor = nextCursor;
		}
		if (isComplete && !reachesKnown && cursor === undefined && knewSome()) return await startOver(client);
		// Those that the list gives without their credentials, and open ones that are further down.
		const unread = [...index.batches()].filter(
			(batch) => !batch.isListed && (isFinal(batch) ? batch.state === 'anchored' : !inList.has(batch)),
		);
		await Promise.all(unread.map(async (batch) => await read(batch, client)));
		for (const batch of inList) walked.add(batch);
		isComplete = true;
		// A list may be late: what this process sent itself is newer than what it doesn't show yet.
		if (newest && (!missesHead || inList.has(head!))) head = newest;
	}

	const knewSome = () => [...index.batches()].some((batch) => walked.has(batch));

	/** Nothing of what LearnCoin listed before is in its list: it is another tenant's now, or an empty one's. */
	async function startOver(client: LearnCoinClient): Promise<void> {
		forget();
		await walk(client);
	}

	function forget(): void {
		index.clear();
		isComplete = false;
		head = undefined;
	}

	const shared = new WeakMap<LearnCoinClient, () => Promise<void>>();
	return {
		async refresh(client) {
			const look =
				shared.get(client) ??
				sharing(async () => await (isComplete ? walk(client) : inTurn(['the first walk'], async () => await walk(client))));
			shared.set(client, look);
			await look();
		},
		accept(batch, credentials) {
			const sent = index.takeSent(batch, credentials);
			if (credentials.length > 1) head = sent;
		},
		get: index.get,
		of: (recipientId) => index.of(recipientId).filter(({ batch }) => batch.state !== 'failed'),
		everSentTo: index.of,
		everybody: index.everybody,
		untold: () => [...index.batches()].filter(isUntold),
		isTold(batchId) {
			const batch = index.get(batchId);
			return batch !== undefined && (batch.isListed || batch.state === 'failed');
		},
		head: () => head?.id ?? '',
		size: index.size,
		newestOrder: index.newestOrder,
		async waitFor(batches, client, times) {
			const named = new Set(batches.filter(({ hasMembers }) => hasMembers));
			// What a credential is for is told by its document, which there may be only once it is anchored.
			const left = () => batches.filter((batch) => (named.has(batch) ? batch.state === 'open' : isUntold(batch)));
			const look = async () => {
				await Promise.all(left().map(async (batch) => await read(batch, client)));
				return left().length;
			};
			if ((await look()) > 0) await poll({ ...times, look, isFinal: (count) => count === 0 });
		},
		inTurn,
	};
}

const isUntold = ({ hasMembers, state }: KnownBatch): boolean => !hasMembers && state !== 'failed';

/** Calls while work is under way share its next run, which begins after they were made. */
function sharing(work: () => Promise<void>): () => Promise<void> {
	let running: Promise<void> | undefined;
	let next: Promise<void> | undefined;
	const start = async (): Promise<void> => {
		next = undefined;
		running = work().finally(() => (running = undefined));
		await running;
	};
	return async () => {
		if (!running) return await start();
		next ??= running.then(start, start);
		await next;
	};
}
