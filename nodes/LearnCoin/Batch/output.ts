import type { IDataObject } from 'n8n-workflow';

import { Outputs, type Output } from '../../../lib/items/outcome';
import type { Batch } from '../../../lib/learncoin/api/types';
import { batchState } from '../../../lib/learncoin/batches/batchState';
import type { PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
import { canonicalJson } from '../../../lib/values/json';
import { badgeOf, listedIn } from '../shared/badge';
import type { CreateRequest } from './sending';

/** What became of a batch. */
export interface IssuedBatch {
	planned: PlannedBatch<CreateRequest>;
	/** Those that are in the batch; the ledger knew the others. */
	sent: CreateRequest[];
	/** Undefined when the ledger knew all of its credentials. */
	batch?: Batch;
	/** They were sent within the last 24 hours, with other details. */
	wasSentBefore?: boolean;
	note?: string;
}

/** The contract's word for a batch's state. */
export function outcomeOf(batch: Batch, whileOpen: 'submitted' | 'pending'): string {
	const state = batchState(batch);
	return state === 'open' ? whileOpen : state;
}

/** What comes out for one item. A repeated row shares the fate of the first one: it is one credential with two answers. */
export function toOutput(issued: IssuedBatch, request: CreateRequest): Output {
	const first = issued.planned.repeats.get(request);
	const { batch, sent, wasSentBefore } = issued;
	if (!sent.includes(first ?? request)) return knownByLedger(request);
	// Accepted once; a batch that LearnCoin doesn't show may be on its way, or given up.
	if (!batch) return { ...who(request), outcome: 'unknown', note: sentBefore(batch) };
	if (request.output === 'batches') return ofBatch(batch, issued, request);
	const json = ofCredential(batch, issued, request);
	if (wasSentBefore) return { ...json, outcome: 'alreadyIssued', note: noteOf(json.note, sentBefore(batch)) };
	return first && json.outcome !== 'failed'
		? { ...json, outcome: 'alreadyIssued', note: noteOf(json.note, repeats(first, request)) }
		: json;
}

const who = ({ credential: { recipient } }: CreateRequest) => ({ recipient_id: recipient.id, recipientName: recipient.name });

const knownByLedger = (request: CreateRequest): IDataObject => ({
	outcome: 'alreadyIssued',
	...who(request),
	note: 'This node issued this achievement to this recipient before; nothing was sent. To issue it again on purpose, choose something else for Avoid Duplicates.',
});

const sentBefore = (batch: Batch | undefined): string =>
	'This was sent within the last 24 hours, with other details, and nothing new was issued.' +
	(batch
		? ''
		: ' LearnCoin does not show its batch yet, so it is not known whether it is on its way or was given up: run it again in a few minutes.') +
	' To change what a credential says, use LearnCoin Credential, Reissue.';

const repeats = (first: CreateRequest, { credential }: CreateRequest): string =>
	`The same learner and achievement stands in item ${first.index} too: it is one credential.` +
	(canonicalJson(first.credential) === canonicalJson(credential) ? '' : ' Its details are taken from there.');

const noteOf = (...notes: unknown[]): string => notes.filter((note) => typeof note === 'string' && note !== '').join(' ');

/** The batch comes out for its first item, paired to all of them. */
function ofBatch(batch: Batch, issued: IssuedBatch, request: CreateRequest): Outputs {
	const { outcome, note } = outcomeAndNote(batch, issued, request);
	const told = issued.wasSentBefore ? 'alreadyIssued' : String(outcome);
	if (issued.sent[0] !== request) return new Outputs([], told);
	const notes = noteOf(note, issued.wasSentBefore ? sentBefore(batch) : '');
	const json = { ...(batch as IDataObject), outcome: told, ...(notes !== '' && { note: notes }) };
	return new Outputs([{ json, pairedItem: issued.sent.map(({ index }) => ({ item: index })) }], told);
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
