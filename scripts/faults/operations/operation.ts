import type { SmallNode } from '../../../n8n/rest/smallWorkflow';
import type { Sandbox } from '../../../sandbox/index';
import type { Record } from '../judge/judge';
import type { FaultName, WritingCall } from '../matrix/faults';
import type { WayName } from '../matrix/ways';
import type { HowToRun, Row } from './row';

export type { Row } from './row';

/** The fields of `how` as node parameters. */
export const fromHow = (field: keyof HowToRun): string => `={{ $json.how.${field} }}`;

/** A row as it is executed when nothing else is wanted. */
export const asUsual = (row: Row): Row => ({ ...row, how: { maxRetries: 4, timeout: 30_000, batchSize: 500, daysLater: 0 } });

/** Options that every node of this package has. One request at a time, so that it is known which one goes wrong. */
export const options = {
	concurrency: 1,
	maxRetries: fromHow('maxRetries'),
	timeout: fromHow('timeout'),
	pollInterval: 0.1,
	waitTimeout: 20,
};

export interface Addresses {
	moca: string;
	learncoin: string;
	partner: Sandbox['moca']['partner'];
}

export interface Operation extends WritingCall {
	/** As headline of its table. */
	title: string;
	/** What the node itself repeats when a request fails. */
	repeats: 'anything' | 'unprocessed' | 'nothing';
	/** How many rows a list has, and how many calls that makes. */
	size: { rows: number; calls: number };
	/** The tried node, and what stands in front of it; both services are at these addresses. */
	nodes(at: Addresses): { before?: SmallNode[]; tried: SmallNode };
	/** Rows that nobody asked for before. What has to be there for them is made in the sandbox. */
	newRows(sandbox: Sandbox, count: number): Promise<Row[]> | Row[];
	record(sandbox: Sandbox): Record<Row>;
	/** Why a way of running again is not promised to issue once, in words for users; ways that aren't listed are promised. */
	notPromised: Partial<{ [way in WayName]: string }>;
	/** The same for a fault, whatever the way of running again. */
	notPromisedAfter?: Partial<{ [fault in FaultName]: string }>;
	/** The few ways that are tried, where not all of them differ. */
	ways?: WayName[];
	/** Settings of the node that hold whatever the way says: a flow of somebody else's. */
	settings?: Pick<SmallNode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;
}
