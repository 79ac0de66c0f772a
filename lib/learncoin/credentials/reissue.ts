import { isCallFailure } from '../../http/explain';
import { ExplainedFailure } from '../../http/explained';
import type { PollSetup } from '../../http/poll';
import { SendingStopped } from '../../http/types';
import type { JsonObject } from '../../values/json';
import type { CredentialId } from '../api/checks';
import type { LearnCoinClient } from '../api/client';
import { derivedKey } from '../api/idempotency';
import type { Batch, BatchCredential, Credential } from '../api/types';
import { batchState, credentialsByRecipient } from '../batches/batchState';
import { followBatch } from '../batches/followBatch';
import type { History } from '../issued/history';
import type { CheckedCredential } from './credentialInput';
import { saidBy } from './document';
import { unlessDone } from './unlessDone';

/** One credential to be replaced by a corrected one. */
export interface ReissueRequest {
	client: LearnCoinClient;
	history: History;
	/** The credential that is wrong. */
	id: CredentialId;
	/**
	 * What the new one is to say.
	 *
	 * @param said what the old one says, in the form in which a credential is asked for
	 * @throws ExplainedFailure when that can't be issued, or changes nothing
	 */
	correct(said: JsonObject): CheckedCredential;
	/** Why the old one is revoked; the verify page shows it to everybody. */
	reason: string;
}

/** The corrected credential, accepted by LearnCoin. */
export interface Replacement {
	corrected: CheckedCredential;
	batch: Batch;
	/** An earlier run finished it. */
	isDone: boolean;
}

/**
 * Issues the corrected credential, unless an earlier run did: LearnCoin recognises it for 24 hours by a key made of the old one's ID, and after
 * that it is looked for among the recipient's credentials.
 *
 * @throws ExplainedFailure when the old one can't be corrected; CallFailure; SendingStopped
 */
export async function issueReplacement(request: ReissueRequest): Promise<Replacement> {
	const { client, history, id, correct } = request;
	const old = await client.getCredential(id);
	const corrected = correct(whatCanBeCorrected(old));
	const before = await findReplacement(request, old, corrected);
	if (before) return { corrected, batch: before, isDone: old.revoked === true };
	if (old.revoked === true) {
		throw new ExplainedFailure(`${id} is revoked already, and no credential with the corrected data was found`, {
			hint: 'If it was corrected before, use the ID of the new one. Otherwise issue it again as a new credential.',
		});
	}
	const retryHint = 'Run it again within 24 hours with the same data: nothing is issued twice.';
	const batch = await client
		.createBatch([corrected], derivedKey('reissue', id), retryHint)
		.catch((error: unknown) =>
			Promise.reject(isCallFailure(error, 409) ? error.of(`Reissuing ${id}`).adding(sentBefore) : (error as Error)),
		);
	history.accept(batch, [corrected]);
	return { corrected, batch, isDone: false };
}

const sentBefore =
	'A correction of this credential with other data was sent within the last 24 hours. Send the same data as then to finish it, or wait for its anchoring and correct the new credential by its own ID.';

function whatCanBeCorrected(old: Credential): JsonObject {
	const { id } = old;
	if (old.erased === true) {
		throw new ExplainedFailure(`The personal data of ${id} was erased on request, so it cannot be issued again from it`, {
			hint: 'If the learner wants a new one, issue it as a new credential.',
		});
	}
	const said = saidBy(old);
	if (said) return said;
	throw new ExplainedFailure(`LearnCoin gives no signed document of ${id} to take the other data from`, {
		hint: 'It has one once the credential is anchored. If it is anchored, issue the corrected one as a new credential and revoke this one.',
		retryable: true,
	});
}

/** How many of a recipient's other credentials are read to tell whether one is the corrected one. */
const mostRead = 10;

async function findReplacement(
	{ client, history }: ReissueRequest,
	old: Credential,
	corrected: CheckedCredential,
): Promise<Batch | undefined> {
	await history.refresh(client);
	const others = history.of(corrected.recipient.id).filter(({ id }) => id !== undefined && id !== old.id);
	for (const { id, batch } of others.slice(0, mostRead)) {
		const other = await client.getCredential(id!);
		if (other.revoked !== true && saysTheSame(saidBy(other), corrected)) return await client.getBatch(batch.id);
	}
	return undefined;
}

/** In what a reader sees: who, for what, and when. */
function saysTheSame(said: JsonObject | undefined, { recipient, achievement, issuanceDate, expirationDate }: CheckedCredential): boolean {
	const seen = ({ recipient: who, achievement: what, ...dates }: JsonObject) => {
		const { name } = who as JsonObject;
		const { id, name: title, description } = what as JsonObject;
		const times = [dates.issuanceDate, dates.expirationDate].map((date) => (typeof date === 'string' ? Date.parse(date) : null));
		return JSON.stringify([name, id ?? null, title, description, ...times]);
	};
	return said !== undefined && seen(said) === seen({ recipient, achievement, issuanceDate, expirationDate });
}

/** What became of a reissue. */
export interface Reissued {
	batch: Batch;
	/** The new credential, once its batch lists it. */
	credential?: BatchCredential | undefined;
	/** LearnCoin's answer to the revocation of the old one; without it, the old one still counts. */
	revocation?: JsonObject;
	note?: string;
}

/**
 * Waits until the corrected credential is anchored, and only then revokes the old one: revoking can't be taken back, and so nobody is without a
 * credential, whatever goes wrong.
 *
 * @throws CallFailure when the new one is anchored and the old one could not be revoked
 */
export async function retireReplaced(
	{ client, id, reason }: ReissueRequest,
	{ batch, corrected, isDone }: Replacement,
	times: Pick<PollSetup<Batch>, 'pollIntervalMs' | 'waitTimeoutMs' | 'clock' | 'stop'>,
): Promise<Reissued> {
	const followed = await followBatch(batch, client, times);
	const credential = credentialsByRecipient(followed.batch)(corrected.recipient.id);
	if (isDone) return { ...followed, credential, revocation: { id, revoked: true } };
	if (batchState(followed.batch) !== 'anchored' || !credential) return { ...followed, credential };
	const revocation = { reason, reasonCode: 'reissued' } as const;
	return await unlessDone(client, id, 'revoked', async () => await client.revokeCredential(id, revocation)).then(
		(answer) => ({ ...followed, credential, revocation: answer }),
		(error: unknown) => {
			if (error instanceof SendingStopped) return { ...followed, credential, note: 'The run was stopped before the old one was revoked.' };
			return Promise.reject(bothCount(error, credential, id));
		},
	);
}

const bothCount = (error: unknown, { id: newId, verify_url: link }: BatchCredential, oldId: string): Error =>
	error instanceof ExplainedFailure
		? new ExplainedFailure(`${newId} is issued in place of ${oldId}, but both count now. ${error.message}`, {
				...error.details,
				hint: `${error.details.hint} Then run it again: nothing is issued twice, and the old one is revoked. The new one: ${link}`,
			})
		: (error as Error);
