import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { CallFailure } from '../http/explain';
import { SendingStopped } from '../http/types';
import { throwsFailures } from './modelAnswers';
import { PartlyFailed, type Planned, type UnitOperation } from './operation';
import { done, failed, notStarted, type ItemOutcome } from './outcome';
import { tellProgress } from './progress';
import { readOneByOne, readToEnd, type ReadItems } from './readItems';
import { addSummary, failEveryItem, refuseFaultyInput, reportFirstFailure } from './report';
import { retryMemory } from './retryMemory';
import { startRun, type Run } from './run';
import { runUnits, type Settled } from './runUnits';
import { toOutputItems } from './toOutputItems';

/**
 * Runs an operation for all input items: reads and checks every item, plans the work, does it, and gives each item its outcome, in input order
 * and paired to its input.
 *
 * With On Error = Continue, an item that failed says so in its own output, and where each item stands alone, the first are done while others
 * are still being read. With On Error = Stop, all are read first, and nothing is sent when one is faulty; when one fails later, no new request
 * starts, those on their way finish, and what is thrown tells what was done.
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

	const count = context.getInputData().length;
	const read: ReadItems<Request> = { requests: new Map(), outcomes: [] };
	const { requests, outcomes } = read;
	const reading = readOneByOne({ read: operation.read, recall: memory.recall, count, clock: run.clock, stop: run.stop }, read);
	let units: AsyncIterable<Planned<Request, Unit>> | Iterable<Planned<Request, Unit>>;
	if (stopsOnFailure || !operation.planOne) {
		await readToEnd(reading);
		if (stopsOnFailure && !outcomes.some(isEarlierFailure)) refuseFaultyInput(context, outcomes);
		units = operation.plan([...requests.keys()]);
	} else units = mapped(reading, operation.planOne);

	let finished = 0;
	const endTelling = tellProgress(
		context.getNode().name,
		// Of an item that was read and is no request, it is known at once what became of it.
		() => ({ finished: finished + outcomes.length - requests.size, items: count, requests: run.sender.sent() }),
		(line) => context.logger.info(line),
		run.clock,
	);
	const mustNotRepeat = new Set<number>();
	await runUnits<Planned<Request, Unit>, Result>({
		units,
		concurrency: run.options.concurrency,
		stop: run.stop,
		nextTurn: async () => await run.clock.sleep(1),
		prepare: ({ unit }) => operation.prepare?.(unit),
		begin: ({ unit }) => operation.begin(unit),
		keyOf: ({ unit }) => operation.keyOf?.(unit),
		onFailed: () => stopsOnFailure && halt.abort(),
		onFinished: ({ members }, settled) => {
			finished += members.length;
			for (const member of members) {
				const index = requests.get(member)!;
				outcomes[index] = outcomeOf(operation, settled, member);
				if (settled.state === 'failed' && mayHaveBeenDone(settled.error) && operation.repeatsTheWork?.(member)) mustNotRepeat.add(index);
			}
		},
	});
	endTelling();

	const isUnfinished = (outcome: ItemOutcome): boolean =>
		outcome.state === 'done' && outcome.outputs.some(({ json }) => operation.isUnfinished?.(json));
	const through = outcomes.map((outcome) => (isUnfinished(outcome) ? notStarted : outcome));
	if (outcomes.some(({ state }) => state === 'failed')) memory.keep(through, mustNotRepeat);
	else memory.forget();

	const { messages } = operation;
	const all = [...requests.keys()];
	const doneWord = typeof messages.done === 'string' ? messages.done : messages.done(all);
	if (stopsOnFailure) reportFirstFailure(context, outcomes, doneWord, messages.runningAgain(all));
	addSummary(context, outcomes, doneWord);
	return [toOutputItems(context, outcomes, operation.whose)];
}

async function* mapped<From, To>(source: AsyncIterable<From>, map: (one: From) => To): AsyncGenerator<To, void> {
	for await (const one of source) yield map(one);
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
