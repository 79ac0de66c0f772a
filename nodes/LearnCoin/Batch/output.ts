import type { IDataObject } from 'n8n-workflow';

import { Outputs, type Output } from '../../../lib/items/outcome';
import type { Batch, BatchCredential } from '../../../lib/learncoin/api/types';
import { batchState, credentialsByRecipient } from '../../../lib/learncoin/batches/batchState';
import type { PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
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
	const { id: recipient_id, name: recipientName } = request.credential.recipient;
	const credential = listed(batch, recipient_id);
	const missing = credential ? [] : ['The batch is anchored, but LearnCoin lists no credential for this recipient in it.'];
	return {
		...batchFields(batch),
		...(credential as IDataObject | undefined),
		recipient_id,
		recipientName,
		...outcomeAndNote(batch, issued, request, batchState(batch) === 'anchored' ? missing : []),
	};
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
function listed(batch: Batch, recipientId: string): BatchCredential | undefined {
	const lookup = lookups.get(batch) ?? credentialsByRecipient(batch);
	lookups.set(batch, lookup);
	return lookup(recipientId);
}
