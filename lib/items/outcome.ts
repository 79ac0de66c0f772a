import type { INodeExecutionData } from 'n8n-workflow';

import type { ReadableFailure } from './failures';

/** What comes out for an item where that isn't just one JSON: several items or none, files, items made from several input items. */
export class Outputs {
	constructor(
		/** Paired to the input item they are given for, unless they say otherwise. */
		readonly items: Array<Pick<INodeExecutionData, 'json' | 'binary' | 'pairedItem'>>,
	) {}
}

/** What became of one input item. */
export type ItemOutcome =
	{ state: 'done'; outputs: Outputs['items'] } | { state: 'failed'; failure: ReadableFailure } | { state: 'notStarted' };
