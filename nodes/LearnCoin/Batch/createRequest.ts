import type { IExecuteFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { environmentOf } from '../../../lib/learncoin/checks';
import { checkIdempotencyKey } from '../../../lib/learncoin/idempotency';
import { sameRecipient } from '../../../lib/learncoin/recipientId';
import type { LearnCoinAccess } from '../shared/access';
import type { AvoidDuplicates, Issuable } from './issueBatches';
import { readCredential } from './readCredential';

/** What one item asks for: its credential, how its batch is made, and what is to come out. */
export interface CreateRequest extends Issuable {
	output: 'credentials' | 'batches';
}

/**
 * The request of item `index`.
 *
 * @param today what an empty issuance date means, ISO 8601 UTC
 * @throws ExplainedFailure for what LearnCoin would not take
 */
export function readRequest(context: IExecuteFunctions, index: number, access: LearnCoinAccess, today: string): CreateRequest {
	const credential = readCredential(context, index, today);
	const batchSize = checkBatchSize(context.getNodeParameter('batchSize', index, 500));
	const avoidDuplicates = context.getNodeParameter('avoidDuplicates', index, 'retries') as AvoidDuplicates;
	const ownKey = String(context.getNodeParameter('idempotencyKey', index, '') ?? '').trim();
	const waits = context.getNodeParameter('waitForAnchor', index, false) === true;
	const output = context.getNodeParameter('output', index, 'credentials') === 'batches' ? 'batches' : 'credentials';
	const { apiKey, apiBaseUrl } = access.surroundings;
	const { recipient, achievement } = credential;
	return {
		index,
		credential,
		access,
		batchSize,
		avoidDuplicates,
		waits,
		output,
		...(ownKey !== '' && { ownKey: checkIdempotencyKey(ownKey) }),
		group: JSON.stringify([apiBaseUrl, apiKey, batchSize, avoidDuplicates, ownKey, waits, output]),
		mark: JSON.stringify([apiBaseUrl, environmentOf(apiKey), sameRecipient(recipient.id), achievement.id ?? achievement.name]),
	};
}

const largestBatch = 500;

function checkBatchSize(value: unknown): number {
	const size = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= largestBatch) return size;
	throw new ExplainedFailure(`Batch Size is ${String(value)}; LearnCoin takes from 1 to ${largestBatch} credentials in one batch`, {
		hint: `Enter a whole number up to ${largestBatch}. More items than that just make more batches.`,
	});
}
