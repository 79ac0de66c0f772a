import { CallFailure } from '../../../../lib/http/explain';
import type { LearnCoinClient } from '../../../../lib/learncoin/api/client';
import type { History } from '../../../../lib/learncoin/issued/history';
import { postNext } from '../../../../lib/learncoin/issued/post';
import { fakeClock } from '../../../support/fakes';
import { credentialInput } from '../../../support/issuers';

const keyIsUsed = () => new CallFailure('Creating the batch', 'this key was used for something else', { hint: '', httpStatus: 409 });

/** Sends a list; LearnCoin knows the first so many keys already, and this is what a look shows then. */
async function send(usedKeys: number, look: (known: { head: string; order: number }) => void) {
	const known = { head: 'bat_old', order: 1 };
	const keys: string[] = [];
	const client = {
		createBatch: async (_credentials: unknown, key: string) => {
			keys.push(key);
			return keys.length > usedKeys ? { id: 'bat_ours' } : await Promise.reject(keyIsUsed());
		},
	} as unknown as LearnCoinClient;
	const history = {
		head: () => known.head,
		newestOrder: () => known.order,
		refresh: async () => look(known),
	} as unknown as History;
	const times = { clock: fakeClock(), pollIntervalMs: 100, waitTimeoutMs: 1_000 };
	const posted = await postNext({ client, history, credentials: [credentialInput(1), credentialInput(2)], times });
	return { posted, keys };
}

it('a list whose key is used is overtaken where a batch shows that was not known', async () => {
	const { posted, keys } = await send(1, (known) => (known.order += 1));
	expect([posted, keys.length]).toEqual(['overtaken', 1]);
});

it('is overtaken, too, where the batch was known and only not taken for the newest yet: others make their key of it', async () => {
	const { posted, keys } = await send(1, (known) => (known.head = 'bat_new'));
	expect([posted, keys.length]).toEqual(['overtaken', 1]);
});

it('goes on with another key where nothing came of the first', async () => {
	const { posted, keys } = await send(1, () => {});
	expect([posted, new Set(keys).size]).toEqual([{ batch: { id: 'bat_ours' } }, 2]);
});
