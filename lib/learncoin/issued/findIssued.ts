import { isJsonObject } from '../../values/json';
import type { LearnCoinClient } from '../api/client';
import type { CredentialInput } from '../api/types';
import { isForAchievement, saidBy } from '../credentials/document';
import type { IssuedCredential, KnownBatch } from './batchIndex';

/** What LearnCoin tells of one learner and achievement. */
export type Finding =
	| { state: 'issued'; credential: IssuedCredential }
	/** The recipient has this credential, and LearnCoin doesn't say what it is for. */
	| { state: 'unreadable'; credential: IssuedCredential }
	/** The recipient is in this batch; what for is told once it is anchored. */
	| { state: 'untold'; batch: KnownBatch }
	| { state: 'none' };

/**
 * Whether this credential was issued, among those that the recipient has. What an own batch was for is known; of others, the signed document is
 * asked for, once.
 *
 * @throws CallFailure; SendingStopped
 */
export async function findIssued(
	issued: readonly IssuedCredential[],
	{ achievement }: CredentialInput,
	client: LearnCoinClient,
): Promise<Finding> {
	const isSame = (credential: IssuedCredential) =>
		credential.achievement !== undefined && isForAchievement(credential.achievement, achievement);
	const known = issued.find(isSame);
	if (known) return { state: 'issued', credential: known };
	for (const credential of issued.filter((one) => one.achievement === undefined)) {
		await readDocument(credential, client);
		if (isSame(credential)) return { state: 'issued', credential };
	}
	const open = issued.find(({ achievement: said, batch }) => said === undefined && batch.state === 'open');
	if (open) return { state: 'untold', batch: open.batch };
	const unreadable = issued.find((credential) => credential.isUnreadable);
	return unreadable ? { state: 'unreadable', credential: unreadable } : { state: 'none' };
}

async function readDocument(credential: IssuedCredential, client: LearnCoinClient): Promise<void> {
	const { id, batch } = credential;
	if (id === undefined || credential.isUnreadable) return;
	const answer = await client.getCredential(id);
	const said = saidBy(answer)?.achievement;
	credential.revoked = answer.revoked === true;
	if (isJsonObject(said) && typeof said.name === 'string') {
		credential.achievement = { ...(typeof said.id === 'string' && { id: said.id }), name: said.name };
	} else if (batch.state !== 'open') credential.isUnreadable = true;
}
