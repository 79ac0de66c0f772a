import { updateDisplayOptions } from 'n8n-workflow';

import { CallFailure } from '../../../lib/http/explain';
import { unitOperation } from '../../../lib/items/nodeOperations';
import { environmentOf, type Account } from '../../../lib/learncoin/api/checks';
import { batchState } from '../../../lib/learncoin/batches/batchState';
import { followBatch } from '../../../lib/learncoin/batches/followBatch';
import { identityOf } from '../../../lib/learncoin/batches/identity';
import { planBatches, type PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
import { release, submitBatch } from '../../../lib/learncoin/batches/submitBatch';
import type { CheckedCredential } from '../../../lib/learncoin/credentials/credentialInput';
import { sameRecipient } from '../../../lib/learncoin/credentials/recipientId';
import { learnCoinAccess } from '../shared/access';
import { credentialFields, readCredential, whoseCredential } from '../shared/credential/credential';
import { dayOf } from '../shared/credential/validity';
import { createLedger } from './ledger';
import { toOutput, type IssuedBatch } from './output';
import { readSending, sendingFields, type CreateRequest } from './sending';

export const fields = updateDisplayOptions({ show: { operation: ['create'] } }, [...credentialFields, ...sendingFields]);

/** Items become credentials, credentials become batches, and each item gets what became of its credential. */
export const operation = unitOperation<CreateRequest, PlannedBatch<CreateRequest>, IssuedBatch>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	const today = dayOf(run.clock.now());
	const ledger = createLedger(context);
	return {
		read: async (index) => {
			const { client, account } = await accessFor(index);
			const { credential, hasOwnDate } = readCredential(context, index, today);
			const sending = readSending(context, index);
			return {
				index,
				client,
				credential,
				mark: markOf(credential, account),
				identity: identityOf(credential, hasOwnDate),
				isOnce: sending.avoidDuplicates !== 'none',
				...sending,
				group: JSON.stringify([account.apiBaseUrl, account.apiKey, ...Object.values({ ownKey: '', ...sending })]),
			};
		},
		plan: (requests) => planBatches(requests).map((batch) => ({ unit: batch, members: [...batch.entries, ...batch.repeats.keys()] })),
		begin: async (planned) => {
			const submitted = await submitBatch(planned, { ledger, runId: run.id, nowMs: run.clock.now() });
			const { batch, sent } = submitted;
			if (!batch) return { done: { planned, ...submitted } };
			const { client, waits, avoidDuplicates } = sent[0]!;
			if (!waits) return { done: { planned, ...submitted } };
			return {
				waiting: async () => {
					const followed = await followBatch(batch, client, { ...run.options, clock: run.clock, stop: run.stop });
					if (avoidDuplicates === 'ledger' && batchState(followed.batch) === 'failed') await release(sent, ledger);
					return { planned, ...submitted, ...followed };
				},
			};
		},
		give: toOutput,
		failureOf: (error, { credential }) => (error instanceof CallFailure ? error.of(`Issuing to ${credential.recipient.name}`) : error),
		whose: (index) => whoseCredential(context, index),
		messages: { done: 'sent or issued before', runningAgain },
	};
});

/** What the ledger knows a credential by. */
const markOf = ({ recipient, achievement }: CheckedCredential, { apiBaseUrl, apiKey }: Account): string =>
	JSON.stringify([apiBaseUrl, environmentOf(apiKey), sameRecipient(recipient.id), achievement.id ?? achievement.name]);

function runningAgain(requests: readonly CreateRequest[]): string {
	const kinds = new Set(requests.map(({ avoidDuplicates, ownKey }) => (ownKey ? 'retries' : avoidDuplicates)));
	if (kinds.has('none'))
		return 'Before running again, take out the items that went through: Avoid Duplicates is No, so each run issues again.';
	if (kinds.has('retries'))
		return 'Running the same items again within 24 hours is safe: LearnCoin recognises a batch with the same learners and issues nothing twice.';
	return 'Running again is safe: this node leaves out those to whom it issued.';
}
