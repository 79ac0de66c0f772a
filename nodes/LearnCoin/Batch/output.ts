import type { IDataObject } from 'n8n-workflow';

import { asSentence } from '../../../lib/http/explained';
import { Outputs, startingWith, type Output } from '../../../lib/items/outcome';
import type { Batch } from '../../../lib/learncoin/api/types';
import { batchState } from '../../../lib/learncoin/batches/batchState';
import { doubtfulFrameworks } from '../../../lib/learncoin/credentials/credentialInput';
import { linkOf, type IssuedCredential } from '../../../lib/learncoin/issued/batchIndex';
import { canonicalJson } from '../../../lib/values/json';
import { shorten } from '../../../lib/values/texts';
import { badgeOf, batchJson, listedIn } from '../shared/badge';
import type { IssuedBatch, KnownCredential } from './issuing';
import type { CreateRequest } from './sending';

/** The contract's word for a batch's state. */
export function outcomeOf(batch: Batch, whileOpen: 'submitted' | 'pending'): string {
	const state = batchState(batch);
	return state === 'open' ? whileOpen : state;
}

/**
 * What comes out for one item. A repeated row shares the fate of the first one: it is one credential with two answers.
 *
 * @throws what kept this item's credential from being sent
 */
export function toOutput(issued: IssuedBatch, request: CreateRequest): Output {
	const output = outputOf(issued, request);
	return output instanceof Outputs ? output : startingWith(['recipient_id', 'recipientName', 'outcome', 'verify_url'], output);
}

function outputOf(issued: IssuedBatch, request: CreateRequest): Output {
	const first = issued.planned.repeats.get(request);
	const entry = first ?? request;
	const { batch, wasSentBefore } = issued;
	if (issued.failures?.has(entry)) throw issued.failures.get(entry) as Error;
	const known = issued.known?.get(entry);
	if (known) return ofKnown(known, request);
	const unreadable = issued.unreadable?.get(entry);
	if (unreadable) return { ...who(request), outcome: 'unknown', ...foundAt(unreadable), note: notSaidWhatFor(unreadable) };
	if (issued.ready?.has(entry)) return ofReady(issued, request, first);
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

function ofReady(issued: IssuedBatch, request: CreateRequest, first: CreateRequest | undefined): IDataObject {
	const note = noteOf(
		doubtIn(request, 'it will be sent as it is, in a batch of its own.'),
		first ? repeats(first, request) : '',
		issued.mayBeSent?.has(first ?? request)
			? 'LearnCoin does not say yet who is in the batches that are open; if this learner is, nothing is sent again.'
			: '',
	);
	return { ...who(request), outcome: 'ready', ...(note !== '' && { note }) };
}

function ofKnown(known: KnownCredential, request: CreateRequest): IDataObject {
	const { recipient } = request.credential;
	const { followed, batch } = known;
	const found = followed ? badgeOf(followed.batch, recipient) : { ...foundAt(known), ...who(request) };
	if (followed && batchState(followed.batch) === 'failed')
		return { ...found, outcome: 'failed', note: whyFailed(followed.batch, runAgain) };
	const isOpen = followed ? batchState(followed.batch) !== 'anchored' : batch.state === 'open';
	const notes = [
		isOpen
			? `This was sent before, in ${batch.id}, which is not anchored yet; nothing new was sent.`
			: 'This was issued before; nothing was sent. To issue it again on purpose, such as each year, give it an Achievement ID of its own.',
		known.revoked ? 'It is revoked. To issue it again on purpose, set Avoid Duplicates to No.' : '',
		followed?.note ?? '',
	];
	return { ...found, outcome: 'alreadyIssued', note: noteOf(...notes) };
}

function foundAt(found: IssuedCredential): IDataObject {
	const { id, batch } = found;
	const status = batch.state === 'anchored' ? { status: 'anchored' } : {};
	return { ...(id !== undefined && { id, verify_url: linkOf(found) }), batch_id: batch.id, ...status };
}

const notSaidWhatFor = ({ id }: IssuedCredential): string =>
	`This recipient has ${id ?? 'a credential'}, and LearnCoin does not say what it is for, as after an erasure; nothing was sent. If it is another one, set Avoid Duplicates to No for this learner.`;

const runAgain = 'Run it again: it is sent anew.';

const sentBefore = (batch: Batch | undefined): string =>
	'This was sent within the last 24 hours, with other details, and nothing new was issued.' +
	(batch
		? ''
		: ' LearnCoin does not show its batch yet, so it is not known whether it is on its way or was given up: run it again in a few minutes.') +
	' To change what a credential says, use LearnCoin Credential, Reissue.';

const repeats = (first: CreateRequest, { credential }: CreateRequest): string =>
	`The same learner and achievement stands in item ${first.index} too: it is one credential.` +
	(canonicalJson(first.credential) === canonicalJson(credential) ? '' : ' Its details are taken from there.');

/** LearnCoin's pages disagree, so only its answer can tell (docs/api/learncoin.md 12, no. 12). */
function doubtIn({ credential }: CreateRequest, whatHappens: string): string {
	const names = doubtfulFrameworks(credential).map((name) => `“${shorten(name)}”`);
	return names.length === 0
		? ''
		: `LearnCoin’s pages disagree on whether it takes the alignment framework ${names.join(', ')}; ${whatHappens}`;
}

const noteOf = (...notes: unknown[]): string => notes.filter((note) => typeof note === 'string' && note !== '').join(' ');

/** The batch comes out for its first item, paired to all of them. */
function ofBatch(batch: Batch, issued: IssuedBatch, request: CreateRequest): Outputs {
	const { outcome, note } = outcomeAndNote(batch, issued, request);
	const told = issued.wasSentBefore ? 'alreadyIssued' : String(outcome);
	if (issued.sent[0] !== request) return new Outputs([], told);
	const notes = noteOf(note, issued.wasSentBefore ? sentBefore(batch) : '');
	const json = { ...batchJson(batch), outcome: told, ...(notes !== '' && { note: notes }) };
	return new Outputs([{ json, pairedItem: issued.sent.map(({ index }) => ({ item: index })) }], told);
}

function ofCredential(batch: Batch, issued: IssuedBatch, request: CreateRequest): IDataObject {
	const { recipient } = request.credential;
	const isMissing = batchState(batch) === 'anchored' && !listedIn(batch, recipient.id);
	const missing = isMissing ? ['The batch is anchored, but LearnCoin lists no credential for this recipient in it.'] : [];
	return { ...badgeOf(batch, recipient), ...outcomeAndNote(batch, issued, request, missing) };
}

function outcomeAndNote(batch: Batch, { note }: IssuedBatch, request: CreateRequest, more: string[] = []): IDataObject {
	const whileOpen = request.waits ? 'pending' : 'submitted';
	// Accepted, whether or not the answer says so in words.
	const outcome = batch.status === undefined || batch.status === null ? whileOpen : outcomeOf(batch, whileOpen);
	const notes = [
		note,
		outcome === 'failed' ? whyFailed(batch, request.avoidDuplicates === 'ledger' ? runAgain : setOwnKey) : '',
		doubtIn(request, 'it was sent as it is.'),
		...more,
	].filter(Boolean);
	return { outcome, ...(notes.length > 0 && { note: notes.join(' ') }) };
}

function whyFailed({ error }: Batch, whatToDo: string): string {
	const said = typeof error === 'string' && error !== '' ? ` LearnCoin says: ${asSentence(error)}` : '';
	return `The batch was given up, so nothing of it is anchored.${said} ${whatToDo}`;
}

const setOwnKey = 'The same again within 24 hours only brings back this batch: to try anew, set an Idempotency Key of your own.';
