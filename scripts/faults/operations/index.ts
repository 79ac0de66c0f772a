import { ownLearnCoin, ownMocaAnew, ownMocaOnce } from './doItYourself';
import { tenantUpdate, webhookCreate } from './learnCoinAccount';
import { batchEachTime, batchForGood, batchWithinADay } from './learnCoinBatch';
import { erase, reissue, reissueRevoking, revoke } from './learnCoinCredential';
import { issueAnew, issueOnce } from './mocaIssue';
import type { Operation } from './operation';

/** Every operation that changes something, in the order of the page, each with the flow that people would build instead, if one is measured. */
export const operations: Array<{ operation: Operation; instead?: Operation }> = [
	{ operation: issueOnce, instead: ownMocaOnce },
	{ operation: issueAnew, instead: ownMocaAnew },
	{ operation: batchForGood, instead: ownLearnCoin },
	{ operation: batchWithinADay, instead: ownLearnCoin },
	{ operation: batchEachTime, instead: ownLearnCoin },
	{ operation: revoke },
	{ operation: erase },
	{ operation: reissue },
	{ operation: reissueRevoking },
	{ operation: webhookCreate },
	{ operation: tenantUpdate },
];
