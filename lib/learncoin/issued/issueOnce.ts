import { CallFailure } from '../../http/explain';
import { SendingStopped } from '../../http/types';
import type { LearnCoinClient } from '../api/client';
import type { IdempotencyKey } from '../api/idempotency';
import type { Batch } from '../api/types';
import type { CheckedCredential } from '../credentials/credentialInput';
import type { IssuedCredential, KnownBatch } from './batchIndex';
import { keepEntered, type Claims } from './claims';
import { findIssued } from './findIssued';
import type { History, WaitTimes } from './history';
import { postAlone, postNext, postUnder, type Posted, type Posting } from './post';

/** A credential that its learner is to have once. */
export interface OnceEntry {
	credential: CheckedCredential;
	/** Names the account, the learner and the achievement. */
	mark: string;
}

export interface OnceSetup {
	client: LearnCoinClient;
	history: History;
	claims: Claims;
	times: WaitTimes;
	/** The user's own key, tried first. */
	ownKey?: IdempotencyKey | undefined;
	/** Milliseconds within which whoever sent a batch surely has its claims entered. */
	claimedWithinMs?: number;
}

/** What became of entries that were to be issued once; each is in one of these. */
export interface IssuedOnce<Entry> {
	/** They were issued before, in this or another run. */
	known: Map<Entry, IssuedCredential>;
	/** The recipient has this credential, and LearnCoin doesn't say what it is for: nothing was sent. */
	unreadable: Map<Entry, IssuedCredential>;
	/** They are in `batch`. */
	sent: Entry[];
	batch?: Batch;
	/** Those of the rest that may have been sent by somebody else: nothing was sent, because LearnCoin doesn't say yet. */
	untold: Entry[];
	/** What kept the rest from being sent. */
	failure?: unknown;
}

/**
 * Issues to those who don't have the credential already. LearnCoin is asked before anything is sent; where it doesn't say yet, it is waited for; and
 * what somebody else sends at the same moment, in whatever process, makes LearnCoin refuse this batch, so that it is asked again.
 * Never rejects: what failed is told beside what is known.
 */
export async function issueOnce<Entry extends OnceEntry>(entries: readonly Entry[], setup: OnceSetup): Promise<IssuedOnce<Entry>> {
	const marks = entries.map(({ mark }) => mark);
	return await setup.history.inTurn(marks, async () => {
		const turn = createTurn(entries, setup);
		try {
			await turn.begin(marks);
			for (let round = 0; await turn.goesOn(round); round++);
		} catch (error) {
			if (isSurelyNotSent(error)) await setup.claims.release(turn.claimedAndLeft());
			turn.result.failure = error;
		}
		return turn.result;
	});
}

/** Of everything but what LearnCoin refused or never got, in any attempt, a batch may have come about. */
const isSurelyNotSent = (error: unknown): boolean =>
	error instanceof SendingStopped ? error.attempts === 0 : error instanceof CallFailure && !error.mayHaveBeenDone;

function createTurn<Entry extends OnceEntry>(
	entries: readonly Entry[],
	{ client, history, claims, times, ownKey, claimedWithinMs = 3_000 }: OnceSetup,
) {
	const result: IssuedOnce<Entry> = { known: new Map(), unreadable: new Map(), sent: [], untold: [] };
	const deadlineMs = times.clock.now() + times.waitTimeoutMs;
	let left = [...entries];
	let hasClaimed = false;
	let claimedBefore = new Set<string>();
	/** Open batches that can't have a learner in them who was claimed by nobody when they were there already. */
	let vouched = new Set<KnownBatch>();
	let key = ownKey;
	let mayBeAlone = true;
	let wasOvertaken = false;
	/** The newest batch that was known when the entries were last looked for. */
	let seen = -1;

	/** Open batches in which one of those left may be. Of single ones, LearnCoin itself tells by the key of a learner who is sent alone. */
	const suspects = (): KnownBatch[] => {
		const wasClaimed = left.some(({ mark }) => claimedBefore.has(mark));
		return history.untold().filter((batch) => (wasClaimed || !vouched.has(batch)) && !(isAlone() && batch.isSingle && isOfToday(batch)));
	};

	const isAlone = () => left.length === 1 && mayBeAlone && key === undefined;
	const isOfToday = ({ createdMs }: KnownBatch) => times.clock.now() - createdMs < keyIsKeptMs;

	async function sortOut(): Promise<Set<KnownBatch>> {
		const untold = new Set<KnownBatch>();
		seen = history.newestOrder();
		const findings = await Promise.all(
			left.map(async ({ credential }) => await findIssued(history.of(credential.recipient.id), credential, client)),
		);
		left = left.filter((entry, position) => {
			const finding = findings[position]!;
			if (finding.state === 'issued') result.known.set(entry, finding.credential);
			if (finding.state === 'unreadable') result.unreadable.set(entry, finding.credential);
			if (finding.state === 'untold') untold.add(finding.batch);
			return finding.state === 'none' || finding.state === 'untold';
		});
		if (left.length > 0) for (const batch of suspects()) untold.add(batch);
		return untold;
	}

	/** The time is up: those who may be in an open batch are left alone. */
	function giveUp(untold: ReadonlySet<KnownBatch>): void {
		const mayBeIn = (entry: Entry) =>
			wasOvertaken || claimedBefore.has(entry.mark) || history.of(entry.credential.recipient.id).some(({ batch }) => untold.has(batch));
		result.untold = left.filter(mayBeIn);
		left = left.filter((entry) => !result.untold.includes(entry));
		vouched = new Set(history.untold());
	}

	async function post(): Promise<void> {
		const posting: Posting = { client, history, credentials: left.map(({ credential }) => credential), times };
		const posted: Posted & { wasThere?: boolean } = isAlone()
			? await postAlone(posting, left[0]!.mark)
			: key !== undefined
				? await postUnder(key, posting)
				: await postNext(posting);
		if (posted === 'overtaken') {
			// Whoever used a key that is this learner's or this user's alone may have done so at any time.
			if (isAlone() || key !== undefined) vouched = new Set();
			if (isAlone()) mayBeAlone = false;
			key = undefined;
			wasOvertaken = true;
			await history.refresh(client);
			return;
		}
		history.accept(posted.batch, posting.credentials);
		const marks = left.map(({ mark }) => mark);
		await claims.accepted(marks, posted.batch.id);
		// Beside what is left to do: nobody else trusts the claims before.
		void keepEntered(claims, marks, { clock: times.clock, withinMs: claimedWithinMs, isTold: () => history.isTold(posted.batch.id) });
		// Found at the next look: it was sent before.
		if (posted.wasThere) return;
		result.batch = posted.batch;
		result.sent = left;
		left = [];
	}

	/** Posts only in view of every batch that this process knows, whichever run came to know of it. */
	async function postIfSeen(): Promise<void> {
		while (seen !== history.newestOrder()) if ((await sortOut()).size > 0) return;
		if (left.length > 0) await post();
	}

	return {
		result,
		/** What others claimed is theirs to take back. */
		claimedAndLeft: () => (hasClaimed ? left.map(({ mark }) => mark).filter((mark) => !claimedBefore.has(mark)) : []),
		async begin(marks: readonly string[]) {
			await history.refresh(client);
			const untold = history.untold();
			// Claims that got lost are entered again once their batch is accepted: that of a batch which only just appeared may be on its way.
			const youngestMs = Math.min(...suspects().map(({ knownSinceMs }) => performance.now() - knownSinceMs));
			if (youngestMs < claimedWithinMs) await times.clock.sleep(claimedWithinMs - youngestMs, times.stop);
			vouched = new Set(untold);
			claimedBefore = await claims.claim(marks);
			hasClaimed = true;
			await history.refresh(client);
			await claims.dropTold(history.isTold);
		},
		/** One round; resolves with whether there is another one. */
		async goesOn(round: number): Promise<boolean> {
			const untold = await sortOut();
			if (left.length === 0) return false;
			if (times.stop?.aborted) throw new SendingStopped(0);
			if (untold.size === 0) await history.inTurn(isAlone() ? [] : ['post'], postIfSeen);
			else if (times.clock.now() >= deadlineMs || round >= mostRounds) giveUp(untold);
			else {
				await history.waitFor([...untold], client, { ...times, waitTimeoutMs: deadlineMs - times.clock.now() });
				await history.refresh(client);
			}
			return left.length > 0;
		},
	};
}

/** A bound, should others overtake this run again and again. */
const mostRounds = 100;

/** A little less than LearnCoin keeps a key (docs/api/learncoin.md 5), in milliseconds. */
const keyIsKeptMs = 23 * 3_600_000;
