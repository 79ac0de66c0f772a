import type { LearnCoinClient } from '../api/client';
import type { Batch } from '../api/types';
import type { CheckedCredential } from '../credentials/credentialInput';
import { findIssued } from '../issued/findIssued';
import type { History } from '../issued/history';

/** How long LearnCoin remembers a key (docs/api/learncoin.md 5), and an hour for clocks that differ; in milliseconds. */
const rememberedMs = 25 * 3_600_000;

/**
 * The batch in which these credentials were sent within the last day, also one that was given up; `undefined` when LearnCoin doesn't show it, as before
 * its anchoring, or when nothing tells it from another batch for the same learners.
 *
 * @throws CallFailure; SendingStopped
 */
export async function findSentBatch(
	client: LearnCoinClient,
	history: History,
	credentials: readonly CheckedCredential[],
	nowMs: number,
): Promise<Batch | undefined> {
	await history.refresh(client);
	const [first] = credentials;
	for (const issued of history.everSentTo(first!.recipient.id)) {
		const { batch } = issued;
		if (nowMs - batch.createdMs > rememberedMs) continue;
		if (!credentials.every(({ recipient }) => history.everSentTo(recipient.id).some((one) => one.batch === batch))) continue;
		// A cohort may get several badges a day.
		if ((await findIssued([issued], first!, client)).state === 'issued') return await client.getBatch(batch.id);
	}
	return undefined;
}
