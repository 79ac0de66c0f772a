import { learnCoinCredentialType } from '../../../n8n/demo/n8nCredentials';
import type { SmallNode } from '../../../n8n/rest/smallWorkflow';
import { batchRecord } from './batchRecord';
import { newLearners } from './learnCoinRows';
import { fromHow, options, type Operation } from './operation';

/** A node of this package for LearnCoin. */
export const learnCoinNode = (node: string, parameters: Record<string, unknown>): SmallNode => ({
	name: `LearnCoin ${node}`,
	type: `n8n-nodes-moca-learncoin.learnCoin${node}`,
	parameters: { ...parameters, options },
	credentials: { [learnCoinCredentialType]: { id: '', name: 'LearnCoin' } },
});

/** LearnCoin Batch, Create, as somebody sets it up for a list of learners, with these parameters changed. */
export const batchNode = (parameters: Record<string, unknown>): SmallNode =>
	learnCoinNode('Batch', {
		operation: 'create',
		recipientIdMode: 'value',
		recipientId: '={{ $json.id }}',
		recipientName: '={{ $json.name }}',
		achievementName: 'First Aid',
		achievementDescription: 'Knows what to do until help comes.',
		issuanceDate: `={{ $now.plus({ days: $json.how.daysLater }) }}`,
		batchSize: fromHow('batchSize'),
		waitForAnchor: true,
		...parameters,
	});

const create = (
	title: string,
	avoidDuplicates: string,
	notPromised: Operation['notPromised'],
	rest: Partial<Operation> = {},
): Operation => ({
	title: `LearnCoin Batch, Create: ${title}`,
	service: 'LearnCoin',
	route: 'learncoin.createBatch',
	repeats: 'anything',
	size: { rows: 12, calls: 3 },
	nodes: () => ({ tried: batchNode({ avoidDuplicates }) }),
	newRows: (_sandbox, count) => newLearners(count),
	record: batchRecord,
	notPromised,
	...rest,
});

const eachRun = 'With No, every execution issues again: that is what the setting says.';

export const batchForGood = create('For Good, by Learner and Achievement', 'ledger', {});

export const batchWithinADay = create(
	'When the Same Is Sent Again Within 24 Hours',
	'retries',
	{ tenMore: 'A list with more rows is another batch for LearnCoin, and the others in it are issued again. For Good knows each learner.' },
	{
		notPromisedAfter: { failsLater: 'LearnCoin brings back the batch that it gave up for 24 hours. To try anew, set an Idempotency Key.' },
	},
);

export const batchEachTime = create('No', 'none', {
	stopAgain: eachRun,
	continueAgain: eachRun,
	errorOutputAgain: eachRun,
	otherOrder: eachRun,
	tenMore: eachRun,
	nextDay: eachRun,
	twoAtOnce: eachRun,
	killedBefore: 'After a crash nobody knows what was sent: look at LearnCoin Batch, Get Many, before executing again.',
	killedDuring: 'After a crash nobody knows what was sent: look at LearnCoin Batch, Get Many, before executing again.',
	killedAfter: 'After a crash nobody knows what was sent: look at LearnCoin Batch, Get Many, before executing again.',
	twoWorkers: eachRun,
});
