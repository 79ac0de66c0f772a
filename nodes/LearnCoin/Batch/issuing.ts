import { CallFailure } from '../../../lib/http/explain';
import type { Run } from '../../../lib/items/run';
import type { Batch } from '../../../lib/learncoin/api/types';
import { followBatch, type FollowedBatch } from '../../../lib/learncoin/batches/followBatch';
import type { PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
import { inOneOrder, namingRows, submitBatch } from '../../../lib/learncoin/batches/submitBatch';
import type { IssuedCredential } from '../../../lib/learncoin/issued/batchIndex';
import type { Claims } from '../../../lib/learncoin/issued/claims';
import { issueOnce } from '../../../lib/learncoin/issued/issueOnce';
import type { CreateRequest } from './sending';

/** A credential that was issued before, with its batch as it is now where that was waited for. */
export type KnownCredential = IssuedCredential & { followed?: FollowedBatch | undefined };

/** What became of a batch. */
export interface IssuedBatch {
	planned: PlannedBatch<CreateRequest>;
	/** Those that are in the batch. */
	sent: CreateRequest[];
	/** Undefined when nothing was sent, or when LearnCoin doesn't show yet where it was sent before. */
	batch?: Batch;
	/** They were sent within the last 24 hours, with other details. */
	wasSentBefore?: boolean;
	/** Those to whom it was issued before. */
	known?: Map<CreateRequest, KnownCredential>;
	/** Those who have a credential of which LearnCoin doesn't say what it is for. */
	unreadable?: Map<CreateRequest, IssuedCredential>;
	/** Those who would be sent, where that was only to be checked. */
	ready?: ReadonlySet<CreateRequest>;
	/** Of those, whoever may be in a batch of which LearnCoin doesn't say yet who is in it. */
	mayBeSent?: ReadonlySet<CreateRequest>;
	/** What kept the others from being sent. */
	failures?: Map<CreateRequest, unknown>;
	note?: string;
}

/** Sends a planned batch in the way that its items chose. @throws as submitBatch does; with the ledger, failures are in the result */
export async function issueBatch(planned: PlannedBatch<CreateRequest>, run: Run, claims: Claims): Promise<IssuedBatch> {
	const { entries, key } = planned;
	const { client, history, avoidDuplicates } = entries[0]!;
	if (avoidDuplicates !== 'ledger') {
		const submitted = await submitBatch(planned, { runId: run.id, nowMs: run.clock.now() });
		const { batch } = submitted;
		if (batch)
			history.accept(
				batch,
				entries.map(({ credential }) => credential),
			);
		return { planned, ...submitted, sent: entries };
	}
	const ordered = inOneOrder(entries);
	const times = { ...run.options, clock: run.clock, stop: run.stop };
	const { untold, failure, ...issued } = await issueOnce(ordered, { client, history, claims, times, ownKey: key });
	const failures = new Map<CreateRequest, unknown>(untold.map((entry) => [entry, notToldYet()]));
	const isSent = new Set(issued.sent);
	const unsent = ordered.filter((one) => !isSent.has(one) && !issued.known.has(one) && !issued.unreadable.has(one) && !failures.has(one));
	for (const entry of unsent) failures.set(entry, namingRows(failure, unsent));
	return { planned, ...issued, sent: entries.filter((entry) => isSent.has(entry)), failures };
}

/** Waits for the batch, and for those that were sent before and aren't anchored yet. */
export async function followIssued(issued: IssuedBatch, run: Run): Promise<IssuedBatch> {
	const { client } = issued.planned.entries[0]!;
	const times = { ...run.options, clock: run.clock, stop: run.stop };
	const follow = async (batch: Batch) => await followBatch(batch, client, times);
	const known = [...(issued.known ?? [])];
	const open = new Set(known.filter(([, { batch }]) => batch.state === 'open').map(([, { batch }]) => batch.id));
	const earlier = new Map<string, FollowedBatch>();
	const [followed] = await Promise.all([
		issued.batch && follow(issued.batch),
		...[...open].map(async (id) => earlier.set(id, await follow({ id, status: 'pending' }))),
	]);
	const told = known.map(([entry, one]) => [entry, { ...one, followed: earlier.get(one.batch.id) }] as const);
	return { ...issued, ...followed, known: new Map<CreateRequest, KnownCredential>(told) };
}

const notToldYet = (): CallFailure =>
	new CallFailure('Issuing', 'LearnCoin does not tell yet whether the learner is in a batch that was sent before', {
		hint: 'Nothing was sent for this learner. LearnCoin tells it once the open batches are anchored: run it again in some minutes, or give it more time in Options, Wait Timeout.',
		retryable: true,
	});
