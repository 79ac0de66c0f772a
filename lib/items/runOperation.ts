import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CallFailure } from '../http/explain';
import { SendingStopped } from '../http/types';
import { throwsFailures } from './modelAnswers';
import { PartlyFailed, type Planned, type UnitOperation } from './operation';
import { done, failed, notStarted, type ItemOutcome } from './outcome';
import { tellProgress } from './progress';
import { readItems } from './readItems';
import { addSummary, failEveryItem, refuseFaultyInput, reportFirstFailure } from './report';
import { retryMemory } from './retryMemory';
import { startRun, type Run } from './run';
import { runUnits, type Settled } from './runUnits';
import { toOutputItems } from './toOutputItems';

/**
 * Runs an operation for all input items: reads and checks every item first, plans the work, does it, and gives each item its outcome, in input
 * order and paired to its input.
 *
 * With On Error = Continue, an item that failed says so in its own output. With On Error = Stop, nothing is sent when an item is faulty; when
 * one fails later, no new request starts, those on their way finish, and what is thrown tells what was done.
 *
 * @throws NodeOperationError or NodeApiError, only with On Error = Stop
 */
export async function runOperation<Request extends object, Unit, Result>(
	context: IExecuteFunctions,
	define: (run: Run) => UnitOperation<Request, Unit, Result>,
): Promise<INodeExecutionData[][]> {
	const stopsOnFailure = throwsFailures(context);
	const halt = new AbortController();
	let run: Run;
	let operation: UnitOperation<Request, Unit, Result>;
	const memory = retryMemory(context, Date.now());
	try {
		run = startRun(context, memory.runId, halt.signal);
		operation = define(run);
	} catch (error) {
		return failEveryItem(context, error);
	}

	const { requests, outcomes } = await readItems(operation.read, memory.recall, context.getInputData().length, run.clock);
	if (stopsOnFailure && !outcomes.some(isEarlierFailure)) refuseFaultyInput(context, outcomes);

	const planned = operation.plan([...requests.keys()]);
	const items = outcomes.length;
	let finished = items - requests.size;
	const endTelling = tellProgress(
		context.getNode().name,
		() => ({ finished, items, requests: run.sender.sent() }),
		(line) => context.logger.info(line),
		run.clock,
	);
	const settled = await runUnits<Planned<Request, Unit>, Result>({
		units: planned,
		concurrency: run.options.concurrency,
		stop: run.stop,
		begin: ({ unit }) => operation.begin(unit),
		keyOf: ({ unit }) => operation.keyOf?.(unit),
		onFailed: () => stopsOnFailure && halt.abort(),
		onFinished: ({ members }) => (finished += members.length),
	});
	endTelling();

	const mustNotRepeat = new Set<number>();
	settled.forEach((one, position) => {
		for (const member of planned[position]!.members) {
			const index = requests.get(member)!;
			outcomes[index] = outcomeOf(operation, one, member);
			if (one.state === 'failed' && mayHaveBeenDone(one.error) && operation.repeatsTheWork?.(member)) mustNotRepeat.add(index);
		}
	});

	const isUnfinished = (outcome: ItemOutcome): boolean =>
		outcome.state === 'done' && outcome.outputs.some(({ json }) => operation.isUnfinished?.(json));
	const through = outcomes.map((outcome) => (isUnfinished(outcome) ? notStarted : outcome));
	if (outcomes.some(({ state }) => state === 'failed')) memory.keep(through, mustNotRepeat);
	else memory.forget();

	const { messages } = operation;
	const read = [...requests.keys()];
	const doneWord = typeof messages.done === 'string' ? messages.done : messages.done(read);
	if (stopsOnFailure) reportFirstFailure(context, outcomes, doneWord, messages.runningAgain(read));
	addSummary(context, outcomes, doneWord);
	return [toOutputItems(context, outcomes, operation.whose)];
}

function outcomeOf<Request extends object, Unit, Result>(
	{ give, failureOf }: UnitOperation<Request, Unit, Result>,
	settled: Settled<Result>,
	member: Request,
): ItemOutcome {
	if (settled.state === 'notStarted') return notStarted;
	try {
		return done(give(resultOf(settled), member));
	} catch (error) {
		return failed(failureOf?.(error, member) ?? error);
	}
}

/** @throws what the unit failed with, as a whole */
function resultOf<Result>(settled: Exclude<Settled<Result>, { state: 'notStarted' }>): Result {
	if (settled.state === 'done') return settled.result;
	if (settled.error instanceof PartlyFailed) return settled.error.result as Result;
	throw settled.error;
}

/** What is kept from an earlier try as failed is no faulty input: the others still have their turn. */
const isEarlierFailure = (outcome: ItemOutcome): boolean => outcome.state === 'failed' && outcome.failure.details.attempts > 0;

const mayHaveBeenDone = (error: unknown): boolean =>
	error instanceof CallFailure ? error.mayHaveBeenDone : error instanceof SendingStopped && error.attempts > 0;
