import type { IExecuteFunctions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { LearnCoinFailure } from '../../../lib/learncoin/failures';
import { learnCoinAccess } from '../shared/access';
import type { Operation, Run } from '../../../lib/items/runOperation';
import { createFields } from './createFields';
import { readRequest, type CreateRequest } from './createRequest';
import { issueBatches, type Issuable, type Issued } from './issueBatches';
import { createLedger } from './ledger';
import { toOutput } from './createOutput';

export const description = updateDisplayOptions({ show: { operation: ['create'] } }, createFields);

/** Items become credentials, credentials become batches, and each item gets what became of its credential. */
export const createCreate =
	(context: IExecuteFunctions) =>
	(run: Run): Operation<CreateRequest> => {
		const accessFor = learnCoinAccess(context, run);
		const today = `${new Date(run.clock.now()).toISOString().slice(0, 10)}T00:00:00Z`;
		const requests: CreateRequest[] = [];
		let issue: ((entry: Issuable) => Promise<Issued>) | undefined;
		return {
			read: async (index) => {
				const request = readRequest(context, index, await accessFor(index), today);
				requests.push(request);
				return request;
			},
			// All items are read before the first begins, so that this sees all of them.
			begin: async (request) => {
				const issueOne = (issue ??= issueBatches(requests, run, createLedger(context)));
				return { waiting: async () => await issueOne(request).then((issued) => toOutput(request, issued), rejectFor(request)) };
			},
			words: { done: 'sent or issued before', runningAgain: () => runningAgain(requests) },
		};
	};

/** The batch's failure, told of each of its learners. */
const rejectFor =
	({ credential }: CreateRequest) =>
	(error: unknown): Promise<never> =>
		Promise.reject(error instanceof LearnCoinFailure ? error.of(`Issuing to ${credential.recipient.name}`) : (error as Error));

function runningAgain(requests: CreateRequest[]): string {
	const kinds = new Set(requests.map(({ avoidDuplicates, ownKey }) => (ownKey ? 'retries' : avoidDuplicates)));
	if (kinds.has('none'))
		return 'Before running again, take out the items that went through: Avoid Duplicates is No, so each run issues again.';
	if (kinds.has('retries'))
		return 'Running the same items again within 24 hours is safe: LearnCoin recognises its batches and issues nothing twice.';
	return 'Running again is safe: this node leaves out those to whom it issued.';
}
