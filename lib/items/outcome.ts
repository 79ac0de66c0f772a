import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { SendingStopped } from '../http/types';
import { toReadable, type ReadableFailure } from './failures';

/** What comes out for an item where that isn't just one JSON: several items or none, files, items made from several input items. */
export class Outputs {
	constructor(
		/** Paired to the input item they are given for, unless they say otherwise. */
		readonly items: Array<Pick<INodeExecutionData, 'json' | 'binary' | 'pairedItem'>>,
		/** What became of the input item in one word, where its items don't say so, or another item says it for several. */
		readonly outcome?: string,
	) {}
}

/** The same fields with those of these names first, as far as there are any: a table shows the first columns. */
export function startingWith(names: readonly string[], json: IDataObject): IDataObject {
	const first = names.filter((name) => name in json);
	return { ...Object.fromEntries(first.map((name) => [name, json[name]])), ...json };
}

/** What comes out for an input item: the JSON of one output item, or everything there is. */
export type Output = IDataObject | Outputs;

/** What became of one input item. */
export type ItemOutcome =
	| { state: 'done'; outputs: Outputs['items']; outcome: string }
	| { state: 'failed'; failure: ReadableFailure }
	/** Its turn never came: nothing was done for it. */
	| { state: 'notStarted' };

export const notStarted: ItemOutcome = { state: 'notStarted' };

export function done(output: Output): ItemOutcome {
	const { items, outcome } = output instanceof Outputs ? output : new Outputs([{ json: output }]);
	return { state: 'done', outputs: items, outcome: outcome ?? String(items[0]?.json.outcome ?? '') };
}

/** What a rejection means for the item. A request that was never sent, because the run was stopped, leaves its item as if never begun. */
export function failed(error: unknown): ItemOutcome {
	if (!(error instanceof SendingStopped)) return { state: 'failed', failure: toReadable(error) };
	return error.attempts === 0 ? notStarted : { state: 'failed', failure: stoppedBetweenAttempts(error) };
}

const stoppedBetweenAttempts = ({ message, attempts }: SendingStopped): ReadableFailure => ({
	message,
	details: {
		httpStatus: null,
		code: 'stopped',
		requestId: null,
		attempts,
		retryable: true,
		hint: 'An earlier attempt got no clear answer, and the run was stopped before the next one. Run it again.',
	},
});
