import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { asHeadline, inWords } from '../http/explained';
import { failedJson, toReadable, type ReadableFailure } from './failures';
import { throwsFailures } from './modelAnswers';
import { failed as failedWith, type ItemOutcome } from './outcome';
import { toOutputItems } from './toOutputItems';

const mostListed = 10;

/**
 * The node can't do anything for any item, such as with an option out of range. n8n would pass the input on as if all had gone well if this
 * were thrown with On Error = Continue, so then each item fails for itself.
 *
 * @throws NodeOperationError with On Error = Stop
 */
export function failEveryItem(context: IExecuteFunctions, error: unknown): INodeExecutionData[][] {
	const failure = toReadable(error);
	if (throwsFailures(context))
		throw toNodeError(context, { index: 0, failure }, failure.message, [failure.details.hint, 'Nothing was sent.']);
	return [
		toOutputItems(
			context,
			context.getInputData().map(() => failedWith(error)),
			undefined,
		),
	];
}

/** With On Error = Stop: ends the run before anything is sent when items are faulty, and lists them all at once. */
export function refuseFaultyInput(context: IExecuteFunctions, outcomes: ItemOutcome[]): void {
	const faulty = failuresOf(outcomes);
	const [first] = faulty;
	if (!first) return;
	const more = faulty.length - 1;
	throw toNodeError(
		context,
		first,
		more > 0 ? `${asHeadline(first.failure.message)} (and ${more} more of ${outcomes.length} items)` : first.failure.message,
		[
			more > 0 ? listOf(faulty) : first.failure.details.hint,
			'Nothing was sent, for no item. To let the others go ahead, set On Error to Continue in the node’s settings.',
		],
	);
}

/** With On Error = Stop: throws the first failure in input order, and tells what was done nonetheless. */
export function reportFirstFailure(context: IExecuteFunctions, outcomes: ItemOutcome[], doneWord: string, runningAgain: string): void {
	const failed = failuresOf(outcomes);
	const [first] = failed;
	if (!first) return;
	const count = (state: ItemOutcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
	throw toNodeError(context, first, first.failure.message, [
		first.failure.details.hint,
		outcomes.length > 1
			? `Of ${outcomes.length} items, ${count('done')} ${doneWord}, ${failed.length} did not work, ${count('notStarted')} not started.`
			: '',
		failed.length > 1 ? listOf(failed) : '',
		runningAgain,
	]);
}

/** A line above the output when not every item went plainly through. */
export function addSummary(context: IExecuteFunctions, outcomes: ItemOutcome[], doneWord: string): void {
	const failed = failuresOf(outcomes).length;
	const ended = (...names: string[]) => outcomes.filter((one) => one.state === 'done' && names.includes(one.outcome)).length;
	const open = ended('pending', 'unknown');
	const refused = ended('failed');
	if (failed + open + refused === 0) return;
	const done = outcomes.filter(({ state }) => state === 'done').length - open - refused;
	const parts = [`${done} of ${outcomes.length} ${doneWord}`];
	if (open > 0) parts.push(`${open} still open (outcome pending or unknown)`);
	if (refused > 0) parts.push(`${refused} given up by the service (outcome failed)`);
	if (failed > 0) parts.push(`${failed} to look at (see “error” and what stands beside it)`);
	context.addExecutionHints({ message: `${parts.join(', ')}.`, type: 'warning', location: 'outputPane' });
}

interface Failed {
	index: number;
	failure: ReadableFailure;
}

const failuresOf = (outcomes: ItemOutcome[]): Failed[] =>
	outcomes.flatMap((outcome, index) => (outcome.state === 'failed' ? [{ index, failure: outcome.failure }] : []));

function listOf(failed: Failed[]): string {
	const lines = failed.slice(0, mostListed).map(({ index, failure }) => `Item ${index}: ${inWords(failure)}`);
	return [...lines, ...(failed.length > mostListed ? [`… and ${failed.length - mostListed} more.`] : [])].join(' ');
}

function toNodeError(
	context: IExecuteFunctions,
	{ index, failure }: Failed,
	message: string,
	sentences: string[],
): NodeApiError | NodeOperationError {
	const description = sentences.filter(Boolean).join(' ');
	const { httpStatus, attempts } = failure.details;
	if (attempts === 0) return new NodeOperationError(context.getNode(), message, { description, itemIndex: index });
	return new NodeApiError(context.getNode(), failedJson(failure, {}) as never, {
		message,
		description,
		itemIndex: index,
		...(httpStatus !== null && { httpCode: String(httpStatus) }),
	});
}
