import type { IDataObject } from 'n8n-workflow';

import { batchState, credentialsByRecipient } from '../../../lib/learncoin/batchState';
import type { Batch, BatchCredential } from '../../../lib/learncoin/types';
import { Outputs } from '../../../lib/items/outcome';
import type { CreateRequest } from './createRequest';
import type { Issued } from './issueBatches';

/** The contract's word for a batch's state. */
export function outcomeOf(batch: Batch, whileOpen: 'submitted' | 'pending'): string {
	const state = batchState(batch);
	return state === 'open' ? whileOpen : state;
}

/** What comes out for one item. With one item for each batch, the batch comes out for its first item, paired to all of them. */
export function toOutput(request: CreateRequest, issued: Issued): IDataObject | Outputs {
	const { id: recipient_id, name: recipientName } = request.credential.recipient;
	if (issued.kind === 'already') {
		return {
			outcome: 'alreadyIssued',
			recipient_id,
			recipientName,
			note: 'This node issued this achievement to this recipient before; nothing was sent. To issue it again on purpose, choose something else for Avoid Duplicates.',
		};
	}
	const whileOpen = request.waits ? 'pending' : 'submitted';
	// Accepted, whether or not the answer says so in words.
	const outcome = issued.batch.status === undefined || issued.batch.status === null ? whileOpen : outcomeOf(issued.batch, whileOpen);
	const notes = [issued.note, outcome === 'failed' ? whyFailed(issued.batch) : undefined];
	if (request.output === 'batches') {
		if (issued.members[0] !== request) return new Outputs([]);
		const json = { ...(issued.batch as IDataObject), outcome, ...noteOf(notes) };
		return new Outputs([{ json, pairedItem: issued.members.map(({ index }) => ({ item: index })) }]);
	}
	const credential = listed(issued.batch, recipient_id);
	if (outcome === 'anchored' && !credential)
		notes.push('The batch is anchored, but LearnCoin lists no credential for this recipient in it.');
	return {
		...batchFields(issued.batch),
		...(credential as IDataObject | undefined),
		outcome,
		recipient_id,
		recipientName,
		...noteOf(notes),
	};
}

const noteOf = (notes: Array<string | undefined>): { note?: string } => {
	const text = notes.filter(Boolean).join(' ');
	return text === '' ? {} : { note: text };
};

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
