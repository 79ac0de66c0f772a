import { isCallFailure } from '../../http/explain';
import type { LearnCoinClient } from '../api/client';
import { derivedKey, type IdempotencyKey } from '../api/idempotency';
import type { Batch } from '../api/types';
import type { CheckedCredential } from '../credentials/credentialInput';
import type { History, WaitTimes } from './history';

/** A batch that is to be sent once, whoever else sends at the same time. */
export interface Posting {
	client: LearnCoinClient;
	history: History;
	credentials: readonly CheckedCredential[];
	times: WaitTimes;
}

/** What became of a posting: accepted, or somebody else's came first, so that it has to be looked anew. */
export type Posted = { batch: Batch } | 'overtaken';

const again = 'Run it again: what came about is found at LearnCoin, and issued to nobody twice.';

/**
 * Sends a batch under a key that is made of the newest batch there is: whoever looked at the same moment makes the same key, and LearnCoin accepts
 * one of them (docs/api/learncoin.md 5). The other one's refusal says: look again.
 *
 * @throws CallFailure; SendingStopped
 */
export async function postNext(posting: Posting): Promise<Posted> {
	const { history, client, credentials, times } = posting;
	const head = history.head();
	for (let position = 0; ; position++) {
		const before = history.newestOrder();
		try {
			return { batch: await client.createBatch(credentials, derivedKey('next', head, String(position)), again) };
		} catch (error) {
			if (!isCallFailure(error, 409) || position === mostPositions) return await Promise.reject(error as Error);
			if (await showsNew(posting, head, before)) return 'overtaken';
			// The key is used, and nothing came of it: LearnCoin keeps keys of what it refused, or the batch was somebody's single one.
			if (times.stop?.aborted) return await Promise.reject(error as Error);
		}
	}
}

const mostPositions = 4;
/** LearnCoin may take a moment to list what it accepted; milliseconds. */
const pausesMs = [0, 500, 1_500, 4_000];

/** Also where only the newest batch is another one: it may have got known while this key was made, and others make their key of it already. */
async function showsNew({ history, client, times: { clock, stop } }: Posting, head: string, before: number): Promise<boolean> {
	for (const pause of pausesMs) {
		await clock.sleep(pause, stop);
		await history.refresh(client);
		if (history.head() !== head || history.newestOrder() > before) return true;
	}
	return false;
}

/**
 * Sends a batch of one under a key that is always the same for this learner and achievement: whoever sends it too, at whatever moment, gets
 * the same batch. `overtaken` when it was sent with other details.
 *
 * @param name of the learner and the achievement
 * @throws CallFailure; SendingStopped
 */
export async function postAlone({ history, client, credentials }: Posting, name: string): Promise<Posted & { wasThere?: boolean }> {
	const givenUp: string[] = [];
	for (;;) {
		const before = history.newestOrder();
		try {
			const batch = await client.createBatch(credentials, derivedKey('alone', name, ...givenUp), again);
			const known = history.get(batch.id);
			const wasThere = known !== undefined && known.order <= before;
			if (known?.state !== 'failed' || givenUp.length === mostGivenUp) return { batch, wasThere };
			// What was given up is not issued: the next try is another one.
			givenUp.push(batch.id);
		} catch (error) {
			return isCallFailure(error, 409) ? 'overtaken' : await Promise.reject(error as Error);
		}
	}
}

const mostGivenUp = 5;

/**
 * Sends a batch under the user's own key. `overtaken` when the key is used up: LearnCoin knows it with other credentials, or gave them up.
 *
 * @throws CallFailure; SendingStopped
 */
export async function postUnder(key: IdempotencyKey, { history, client, credentials }: Posting): Promise<Posted & { wasThere?: boolean }> {
	const before = history.newestOrder();
	try {
		const batch = await client.createBatch(credentials, key, again);
		const known = history.get(batch.id);
		// What was given up under this key stays so: it is issued under another one.
		return known?.state === 'failed' ? 'overtaken' : { batch, wasThere: known !== undefined && known.order <= before };
	} catch (error) {
		return isCallFailure(error, 409) ? 'overtaken' : await Promise.reject(error as Error);
	}
}
