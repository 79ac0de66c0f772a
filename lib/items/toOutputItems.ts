import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isForModel } from '../n8n/forModel';
import { attempt } from '../values/attempt';
import { errorBranchJson, failedJson, type ReadableFailure } from './failures';
import { failureForModel, forModel } from './modelAnswers';
import type { ItemOutcome } from './outcome';

/**
 * All that comes out of the node, in input order and paired. Items that were never begun come out only when the execution was cancelled, and
 * then not at all.
 *
 * @param whose what tells a person whose item it is; may throw
 */
export function toOutputItems(
	context: IExecuteFunctions,
	outcomes: readonly ItemOutcome[],
	whose: ((index: number) => IDataObject) | undefined,
): INodeExecutionData[] {
	const toModel = isForModel(context);
	// The item failed perhaps for the very field that says whose it is, hence the attempt.
	const hasErrorBranch = context.getNode().onError === 'continueErrorOutput';
	const jsonOf = (failure: ReadableFailure, index: number) => {
		if (toModel) return failureForModel(failure);
		return hasErrorBranch ? errorBranchJson(failure) : failedJson(failure, attempt(() => whose?.(index)) ?? {});
	};
	const items = outcomes.flatMap((outcome, item): INodeExecutionData[] => {
		if (outcome.state === 'notStarted') return [];
		if (outcome.state === 'failed') return [{ json: jsonOf(outcome.failure, item), pairedItem: { item } }];
		return outcome.outputs.map((output) => ({ pairedItem: { item }, ...output }));
	});
	return toModel ? forModel(items) : items;
}
