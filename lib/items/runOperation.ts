import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createSender, type Sender } from '../http/send';
import { SendingStopped, type Clock } from '../http/types';
import { failureJson, toReadable, type ReadableFailure } from './failures';
import { runItems, type Settled, type Step } from './runItems';
import { n8nClock } from '../n8n/clock';
import { Outputs, type ItemOutcome } from './outcome';
import { addSummary, refuseFaultyInput, reportFirstFailure } from './report';
import { readRunOptions, type RunOptions } from '../../nodes/form/options';

/** What an operation works with during one run of the node. */
export interface Run {
	options: RunOptions;
	sender: Sender;
	clock: Clock;
	/** Aborted when the execution is cancelled, or when an item failed and the node is set to stop. */
	stop: AbortSignal;
	/** Says at once that items failed, for work that concerns several: where the node is set to stop, nothing further is begun. */
	failed(): void;
}

/** One operation of a node: how an item becomes a request, and what is done with it. */
export interface Operation<Request> {
	/** Reads and checks item `index`; sends nothing. Rejects with what is wrong with that item. */
	read(index: number): Promise<Request>;
	/** Does the work. The result is the JSON of the output item, or all that comes out for this item. */
	begin(request: Request): Promise<Step<IDataObject | Outputs>>;
	/** Requests with the same key are sent one after another, in input order. */
	keyOf?(request: Request): string;
	words: OperationWords<Request>;
}

/** How messages speak of an operation. */
export interface OperationWords<Request> {
	/** What was done with an item that went through: “issued”. */
	done: string;
	/** What to know before running the same input again. */
	runningAgain(requests: Request[]): string;
}

type ReadItem<Request> = { index: number; request: Request } | { index: number; failure: ReadableFailure };

/**
 * Runs an operation for all input items: reads and checks every item first, then sends, and gives each item its outcome, in input order and
 * paired to its input.
 *
 * With On Error = Continue, an item that failed says so in its own output. With On Error = Stop, nothing is sent when an item is faulty; when
 * one fails later, no new request starts, those on their way finish, and what is thrown tells what was done.
 *
 * @throws NodeOperationError or NodeApiError, only with On Error = Stop or for options out of range
 */
export async function runOperation<Request>(
	context: IExecuteFunctions,
	createOperation: (run: Run) => Operation<Request>,
): Promise<INodeExecutionData[][]> {
	const stopsOnFailure = !context.continueOnFail();
	const halt = new AbortController();
	const failed = () => {
		if (stopsOnFailure) halt.abort();
	};
	const run: Run = { ...startRun(context, halt.signal), failed };
	const operation = createOperation(run);

	const items = await readItems(operation, context.getInputData().length, run.clock);
	if (stopsOnFailure) refuseFaultyInput(context, items.map(toOutcomeOfReading));

	const ready = items.filter((item) => 'request' in item);
	const settled = await runItems<IDataObject | Outputs>({
		count: ready.length,
		concurrency: run.options.concurrency,
		stop: run.stop,
		begin: (position) => operation.begin(ready[position]!.request),
		keyOf: (position) => operation.keyOf?.(ready[position]!.request),
		onFailed: failed,
	});

	const outcomes = items.map(toOutcomeOfReading);
	settled.forEach((one, position) => (outcomes[ready[position]!.index] = toOutcome(one)));
	if (stopsOnFailure) {
		const { done, runningAgain } = operation.words;
		reportFirstFailure(context, outcomes, done, runningAgain(ready.map(({ request }) => request)));
	}
	addSummary(context, outcomes, operation.words.done);
	return [outcomes.flatMap(toOutputItem)];
}

function startRun(context: IExecuteFunctions, halted: AbortSignal): Omit<Run, 'failed'> {
	const options = readRunOptions(context);
	const cancelled = context.getExecutionCancelSignal();
	const stop = cancelled ? AbortSignal.any([cancelled, halted]) : halted;
	return { options, clock: n8nClock, stop, sender: createSender({ ...options, clock: n8nClock, stop }) };
}

/** Reading thousands of items takes n8n seconds for their expressions; longer than this, in ms, nothing else of n8n may have to wait. */
const longestWithoutBreakMs = 50;

async function readItems<Request>(operation: Operation<Request>, count: number, clock: Clock): Promise<Array<ReadItem<Request>>> {
	const items: Array<ReadItem<Request>> = [];
	let lastBreak = clock.now();
	for (let index = 0; index < count; index++) {
		if (clock.now() - lastBreak > longestWithoutBreakMs) {
			await clock.sleep(1);
			lastBreak = clock.now();
		}
		items.push(
			await operation.read(index).then(
				(request) => ({ index, request }),
				(error: unknown) => ({ index, failure: toReadable(error) }),
			),
		);
	}
	return items;
}

const toOutcomeOfReading = (item: { request: unknown } | { failure: ReadableFailure }): ItemOutcome =>
	'failure' in item ? { state: 'failed', failure: item.failure } : { state: 'notStarted' };

function toOutcome(settled: Settled<IDataObject | Outputs>): ItemOutcome {
	if (settled.state === 'done') {
		return { state: 'done', outputs: settled.result instanceof Outputs ? settled.result.items : [{ json: settled.result }] };
	}
	if (settled.state === 'notStarted') return settled;
	const { error } = settled;
	if (error instanceof SendingStopped && error.attempts === 0) return { state: 'notStarted' };
	return { state: 'failed', failure: error instanceof SendingStopped ? stoppedBetweenAttempts(error) : toReadable(error) };
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

/** Items that were never begun come out only when the execution was cancelled, and then not at all. */
function toOutputItem(outcome: ItemOutcome, item: number): INodeExecutionData[] {
	if (outcome.state === 'notStarted') return [];
	if (outcome.state === 'failed') return [{ json: failureJson(outcome.failure), pairedItem: { item } }];
	return outcome.outputs.map((output) => ({ pairedItem: { item }, ...output }));
}
