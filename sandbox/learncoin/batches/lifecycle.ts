import { randomInt } from 'node:crypto';
import type { StoredBatch } from '../batchStore';
import { signedDocument } from '../credentials/signedDocument';
import { newHash } from '../ids';
import type { LearnCoinSettings } from '../settings';
import type { Tenant } from '../tenant/tenant';
import type { Timers } from '../timers';
import type { AnchorTransaction, Environment } from '../types';

interface LifecycleContext {
	settings: LearnCoinSettings;
	tenant: Tenant;
	timers: Timers;
	/** Told after each step. */
	reached(batch: StoredBatch): void;
}

/** Sends a new batch on its way: pending → signed → anchored, or failed (docs/api/learncoin.md 7). What it meets is decided now. */
export function startLifecycle(batch: StoredBatch, context: LifecycleContext): void {
	const { signedAfterMs, anchoredAfterMs, failFrom, batchError } = context.settings;
	const failing = mustFail(batch, context.settings);
	const restMs = Math.max(0, anchoredAfterMs - signedAfterMs);
	const fail = () => {
		batch.status = 'failed';
		batch.error = batchError;
		context.reached(batch);
	};
	const anchor = () => {
		anchorBatch(batch, context.tenant);
		context.reached(batch);
	};
	const sign = () => {
		batch.status = 'signed';
		context.reached(batch);
		context.timers.after(restMs, failing ? fail : anchor);
	};
	context.timers.after(signedAfterMs, failing && failFrom === 'pending' ? fail : sign);
}

function mustFail({ credentials }: StoredBatch, { failBatches, failBatchesWithRecipients }: LearnCoinSettings): boolean {
	return failBatches || credentials.some(({ recipient }) => failBatchesWithRecipients.includes(recipient.id));
}

function anchorBatch(batch: StoredBatch, tenant: Tenant): void {
	batch.status = 'anchored';
	batch.anchoredAt = Date.now();
	batch.merkleRoot = newHash();
	batch.anchorTransaction = madeUpTransaction(batch.environment);
	for (const credential of batch.credentials) credential.signedDocument = signedDocument(credential, tenant, batch.anchoredAt);
}

/** Of the documented shape; no chain has it. */
function madeUpTransaction(environment: Environment): AnchorTransaction {
	const hash = newHash();
	const explorer = environment === 'test' ? 'https://sepolia.basescan.org' : 'https://basescan.org';
	return {
		chain: environment === 'test' ? 'base-sepolia' : 'base-mainnet',
		hash,
		block_number: randomInt(10_000_000, 99_999_999),
		explorer_url: `${explorer}/tx/${hash}`,
	};
}
