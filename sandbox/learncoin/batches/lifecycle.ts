import type { BatchStore, StoredBatch } from '../batchStore';
import { anchorBatch, prepareBatch, type AnchoringContext } from '../proofs/anchorBatch';
import type { LearnCoinSettings } from '../settings';
import type { Timers } from '../timers';

interface LifecycleContext extends AnchoringContext {
	store: BatchStore;
	timers: Timers;
	/** Told after each step. */
	reached(batch: StoredBatch): void;
}

/** Sends a new batch on its way: pending → signed → anchored, or failed (docs/api/learncoin.md 7). What it meets is decided now. */
export function startLifecycle(batch: StoredBatch, context: LifecycleContext): void {
	const { signedAfterMs, anchoredAfterMs, failFrom, batchError } = context.settings;
	const failing = mustFail(batch, context.settings);
	const restMs = Math.max(0, anchoredAfterMs - signedAfterMs);
	const fail = (error = batchError) => {
		batch.status = 'failed';
		batch.error = error;
		context.reached(batch);
	};
	const anchor = async () => {
		const prepared = await prepareBatch(batch, context).catch((error: Error) => `Canonicalizing the documents: ${error.message}`);
		// A reset may have come meanwhile.
		if (!context.store.has(batch)) return;
		if (typeof prepared === 'string') return fail(prepared);
		anchorBatch(batch, prepared, context);
		context.reached(batch);
	};
	const sign = () => {
		batch.status = 'signed';
		context.reached(batch);
		context.timers.after(restMs, failing ? fail : () => void anchor());
	};
	context.timers.after(signedAfterMs, failing && failFrom === 'pending' ? fail : sign);
}

function mustFail({ credentials }: StoredBatch, { failBatches, failBatchesWithRecipients }: LearnCoinSettings): boolean {
	return failBatches || credentials.some(({ recipient }) => failBatchesWithRecipients.includes(recipient.id));
}
