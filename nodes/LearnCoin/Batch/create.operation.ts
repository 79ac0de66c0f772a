import { updateDisplayOptions } from 'n8n-workflow';

import { CallFailure } from '../../../lib/http/explain';
import { unitOperation } from '../../../lib/items/nodeOperations';
import { PartlyFailed } from '../../../lib/items/operation';
import { identityOf } from '../../../lib/learncoin/batches/identity';
import { planBatches, type PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
import { nameOfAccount } from '../../../lib/learncoin/issued/histories';
import { learnCoinAccess } from '../shared/access';
import { credentialFields, readCredential, whoseCredential } from '../shared/credential/credential';
import { dayOf } from '../shared/credential/validity';
import { checkBatch } from './checking';
import { n8nClaims } from './claims';
import { createCreditGuard } from './credits';
import { followIssued, issueBatch, type IssuedBatch } from './issuing';
import { toOutput } from './output';
import { readSending, sendingFields, type CreateRequest } from './sending';

export const fields = updateDisplayOptions({ show: { operation: ['create'] } }, [...credentialFields, ...sendingFields]);

/** Items become credentials, credentials become batches, and each item gets what became of its credential. */
export const operation = unitOperation<CreateRequest, PlannedBatch<CreateRequest>, IssuedBatch>((context, run) => {
	const accessFor = learnCoinAccess(context, run);
	const today = dayOf(run.clock.now());
	const claims = n8nClaims(context);
	const credits = createCreditGuard();
	return {
		read: async (index) => {
			const { client, account, history } = await accessFor(index);
			const { credential, hasOwnDate } = readCredential(context, index, today);
			const sending = readSending(context, index);
			return {
				index,
				client,
				credential,
				history,
				mark: `${nameOfAccount(account)} ${identityOf(credential, false)}`,
				identity: identityOf(credential, hasOwnDate),
				isOnce: sending.avoidDuplicates !== 'none',
				...sending,
				group: JSON.stringify([account.apiBaseUrl, account.apiKey, ...Object.values({ ownKey: '', ...sending })]),
			};
		},
		plan: (requests) => {
			const batches = planBatches(requests);
			credits.expect(batches);
			return batches.map((batch) => ({ unit: batch, members: [...batch.entries, ...batch.repeats.keys()] }));
		},
		begin: async (planned) => {
			const refused = await credits.refuse(planned);
			if (refused) return { done: unlessFailed(refused) };
			if (planned.entries[0]!.checkOnly) return { done: await checkBatch(planned) };
			const issued = await issueBatch(planned, run, claims);
			if (!planned.entries[0]!.waits) return { done: unlessFailed(issued) };
			return { waiting: async () => unlessFailed(await followIssued(issued, run)) };
		},
		give: toOutput,
		failureOf: (error, { credential }) => (error instanceof CallFailure ? error.of(`Issuing to ${credential.recipient.name}`) : error),
		whose: (index) => whoseCredential(context, index),
		messages: { done: (requests) => (isCheck(requests) ? 'ready or issued before' : 'sent or issued before'), runningAgain },
	};
});

/** @throws PartlyFailed when some of its members were not sent */
function unlessFailed(issued: IssuedBatch): IssuedBatch {
	if (issued.failures && issued.failures.size > 0) throw new PartlyFailed(issued);
	return issued;
}

const isCheck = (requests: readonly CreateRequest[]): boolean => requests.every(({ checkOnly }) => checkOnly);

function runningAgain(requests: readonly CreateRequest[]): string {
	if (isCheck(requests)) return 'Nothing was sent: Check Only is on.';
	const kinds = new Set(requests.map(({ avoidDuplicates, ownKey }) => (ownKey ? 'retries' : avoidDuplicates)));
	if (kinds.has('none'))
		return 'Before running again, take out the items that went through: Avoid Duplicates is No, so each run issues again.';
	if (kinds.has('retries'))
		return 'Running the same items again within 24 hours is safe: LearnCoin recognises a batch with the same learners and issues nothing twice.';
	return 'Running again is safe: LearnCoin is asked who has it already, and they are left out.';
}
