import type { IDataObject } from 'n8n-workflow';

import { Outputs, type Output } from '../../../lib/items/outcome';
import type { Batch } from '../../../lib/learncoin/api/types';
import { batchState } from '../../../lib/learncoin/batches/batchState';
import type { PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
import { badgeOf, listedIn } from '../shared/badge';
import type { CreateRequest } from './sending';

/** What became of a batch. */
export interface IssuedBatch {
	planned: PlannedBatch<CreateRequest>;
	/** Those that are in the batch; the ledger knew the others. */
	sent: CreateRequest[];
	/** Undefined when the ledger knew all of its credentials. */
	batch?: Batch;
	note?: string;
}

/** The contract's word for a batch's state. */
export function outcomeOf(batch: Batch, whileOpen: 'submitted' | 'pending'): string {
	const state = batchState(batch);
	return state === 'open' ? whileOpen : state;
}

/** What comes out for one item. */
export function toOutput(issued: IssuedBatch, request: CreateRequest): Output {
	const { batch, planned, sent } = issued;
	const first = planned.repeats.get(request);
	// A repeated row shares the fate of the first one.
	const isIn = batch && sent.includes(first ?? request) && (!first || batchState(batch) === 'failed');
	if (!isIn) return alreadyIssued(request);
	return request.output === 'batches' ? ofBatch(batch, issued, request) : ofCredential(batch, issued, request);
}

const alreadyIssued = ({ credential: { recipient } }: CreateRequest): IDataObject => ({
	outcome: 'alreadyIssued',
	recipient_id: recipient.id,
	recipientName: recipient.name,
	note: 'This node issued this achievement to this recipient before; nothing was sent. To issue it again on purpose, choose something else for Avoid Duplicates.',
});

/** The batch comes out for its first item, paired to all of them. */
function ofBatch(batch: Batch, issued: IssuedBatch, request: CreateRequest): Outputs {
	if (issued.sent[0] !== request) return new Outputs([]);
	const json = { ...(batch as IDataObject), ...outcomeAndNote(batch, issued, request) };
	return new Outputs([{ json, pairedItem: issued.sent.map(({ index }) => ({ item: index })) }]);
}

function ofCredential(batch: Batch, issued: IssuedBatch, request: CreateRequest): IDataObject {
	const { recipient } = request.credential;
	const isMissing = batchState(batch) === 'anchored' && !listedIn(batch, recipient.id);
	const missing = isMissing ? ['The batch is anchored, but LearnCoin lists no credential for this recipient in it.'] : [];
	return { ...badgeOf(batch, recipient), ...outcomeAndNote(batch, issued, request, missing) };
}

function outcomeAndNote(batch: Batch, { note }: IssuedBatch, { waits }: CreateRequest, more: string[] = []): IDataObject {
	const whileOpen = waits ? 'pending' : 'submitted';
	// Accepted, whether or not the answer says so in words.
	const outcome = batch.status === undefined || batch.status === null ? whileOpen : outcomeOf(batch, whileOpen);
	const notes = [note, outcome === 'failed' ? whyFailed(batch) : '', ...more].filter(Boolean);
	return { outcome, ...(notes.length > 0 && { note: notes.join(' ') }) };
}

function whyFailed({ error }: Batch): string {
	const said = typeof error === 'string' && error !== '' ? ` LearnCoin says: ${error}` : '';
	return `The batch was given up, so nothing of it is anchored.${said} The same again within 24 hours only brings back this batch: to try anew, set an Idempotency Key of your own.`;
}
