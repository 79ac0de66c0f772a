import type { SmallNode } from '../../../n8n/rest/smallWorkflow';
import type { Row } from '../operations/row';

export type NodeSettings = Pick<SmallNode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;

/** Executions that are started at once, each with its list. */
export interface Step {
	lists: Row[][];
	/** Days after today that they play. */
	daysLater?: number;
}

/** A way in which the work of one list is tried, or tried again. */
export interface Way {
	/** As a column's headline. */
	heading: string;
	/** What is done, for the page's reader. */
	says: string;
	settings: NodeSettings;
	/** The node's own repeats; none where n8n or a person is to repeat. */
	maxRetries: number;
	/** Which call goes wrong; each is a run of its own. */
	faulty: Array<'first' | 'middle' | 'last'>;
	/** What goes wrong does so in the first of these. */
	steps(rows: Row[], more: Row[]): Step[];
	/** Ten more rows come later. */
	hasMore?: boolean;
	/** All rows in one batch: LearnCoin recognises a batch by all that is in it. */
	inOneBatch?: boolean;
}

const continues: NodeSettings = { onError: 'continueRegularOutput' };
const retries: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
const byHand = { maxRetries: 0, faulty: ['middle'] as Way['faulty'] };
const twice = (rows: Row[]): Step[] => [{ lists: [rows] }, { lists: [rows] }];

const tried = {
	inNode: {
		heading: 'in the node',
		says: 'One execution; the node repeats by itself, where its settings allow.',
		settings: continues,
		maxRetries: 4,
		faulty: ['middle'],
		steps: (rows) => [{ lists: [rows] }],
	},
	retryOnFail: {
		heading: 'Retry On Fail',
		says: 'One execution with n8n’s Retry On Fail; three times, with the faulty request first, in the middle and last.',
		settings: retries,
		maxRetries: 0,
		faulty: ['first', 'middle', 'last'],
		steps: (rows) => [{ lists: [rows] }],
	},
	retryContinue: {
		heading: 'Retry On Fail, Continue',
		says: 'The same with On Error set to Continue, where n8n itself tries again only when the first item failed.',
		settings: { ...retries, ...continues },
		maxRetries: 0,
		faulty: ['first', 'middle', 'last'],
		steps: (rows) => [{ lists: [rows] }],
	},
	stopAgain: { heading: 'Stop, again', says: 'On Error is Stop; executed again.', settings: {}, ...byHand, steps: twice },
	continueAgain: {
		heading: 'Continue, again',
		says: 'On Error is Continue; executed again.',
		settings: continues,
		...byHand,
		steps: twice,
	},
	errorOutputAgain: {
		heading: 'error output, again',
		says: 'On Error is Continue (using error output); executed again.',
		settings: { onError: 'continueErrorOutput' },
		...byHand,
		steps: twice,
	},
	otherOrder: {
		heading: 'other order',
		says: 'Executed again with the rows in another order.',
		settings: continues,
		...byHand,
		inOneBatch: true,
		steps: (rows) => [{ lists: [rows] }, { lists: [[...rows].reverse()] }],
	},
	tenMore: {
		heading: 'ten more',
		says: 'Executed again with ten more rows.',
		settings: continues,
		...byHand,
		inOneBatch: true,
		hasMore: true,
		steps: (rows, more) => [{ lists: [rows] }, { lists: [[...rows, ...more]] }],
	},
	nextDay: {
		heading: 'next day',
		says: 'Executed again after midnight UTC: the date, an expression with $now, gives the day after.',
		settings: continues,
		...byHand,
		steps: (rows) => [{ lists: [rows] }, { lists: [rows], daysLater: 1 }],
	},
	twoAtOnce: {
		heading: 'two at once',
		says: 'Two executions of the same list at the same moment in one process; then once more.',
		settings: continues,
		...byHand,
		steps: (rows) => [{ lists: [rows, rows] }, { lists: [rows] }],
	},
} satisfies Record<string, Way>;

/** The ways that are tried under each fault. A new one is an entry here. */
export const ways: Record<TriedWay, Way> = tried;

export type TriedWay = keyof typeof tried;

/** With those that are tried without a further fault, for all operations together. */
export type WayName = TriedWay | 'killedBefore' | 'killedDuring' | 'killedAfter' | 'twoWorkers';

export const triedWays = Object.keys(tried) as TriedWay[];
