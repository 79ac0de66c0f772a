import { isJsonObject } from '../../values/json';
import type { CredentialId } from '../api/checks';
import type { LearnCoinClient } from '../api/client';
import type { Batch } from '../api/types';
import type { CheckedCredential } from '../credentials/credentialInput';
import { isForAchievement, saidBy } from '../credentials/document';
import { credentialsByRecipient } from './batchState';
import { findCredentials } from './findCredentials';

/** How long LearnCoin remembers a key (docs/api/learncoin.md 5), and an hour for clocks that differ; in milliseconds. */
const rememberedMs = 25 * 3_600_000;

/**
 * The batch in which these credentials were sent within the last day; `undefined` when LearnCoin doesn't show it, as before its anchoring, or when
 * nothing tells it from another batch for the same learners.
 *
 * @throws CallFailure; SendingStopped
 */
export async function findSentBatch(
	client: LearnCoinClient,
	credentials: readonly CheckedCredential[],
	nowMs: number,
): Promise<Batch | undefined> {
	const [first] = credentials;
	const found = await findCredentials(client, { recipientId: first!.recipient.id, sinceMs: nowMs - rememberedMs });
	for (const { batch, credential } of found) {
		const listed = credentialsByRecipient(batch);
		if (!credentials.every(({ recipient }) => listed(recipient.id) !== undefined)) continue;
		// A cohort may get several badges a day: only the document says which one this is.
		const said = saidBy(await client.getCredential(credential.id as CredentialId));
		if (isJsonObject(said?.achievement) && isForAchievement(said.achievement, first!.achievement)) return batch;
	}
	return undefined;
}
