import { isCallFailure } from '../../http/explain';
import type { JsonObject } from '../../values/json';
import type { CredentialId } from '../api/checks';
import type { LearnCoinClient } from '../api/client';

/**
 * What is done once can't be done again: whether LearnCoin then answers with a conflict isn't documented (docs/api/learncoin.md 3.5 and
 * 3.6). If it does, and the credential is in the wanted state, that is a good end.
 *
 * @throws what `work` throws
 */
export async function unlessDone(
	client: LearnCoinClient,
	id: CredentialId,
	state: 'revoked' | 'erased',
	work: () => Promise<JsonObject>,
): Promise<JsonObject> {
	try {
		return await work();
	} catch (error) {
		if (isCallFailure(error, 409) && (await client.getCredential(id))[state] === true) {
			return { id, [state]: true, note: `The credential was ${state} before; nothing changed.` };
		}
		return await Promise.reject(error as Error);
	}
}
