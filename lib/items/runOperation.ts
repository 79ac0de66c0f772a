import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Planned, UnitOperation } from './operation';
import { done, failed, notStarted, type ItemOutcome } from './outcome';
import { readItems } from './readItems';
import { addSummary, failEveryItem, refuseFaultyInput, reportFirstFailure } from './report';
import { startRun, type Run } from './run';
import { runUnits } from './runUnits';
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
	const stopsOnFailure = !context.continueOnFail();
	const halt = new AbortController();
	let run: Run;
	let operation: UnitOperation<Request, Unit, Result>;
	try {
		run = startRun(context, halt.signal);
		operation = define(run);
	} catch (error) {
		return failEveryItem(context, error);
	}

	const items = await readItems(operation.read, context.getInputData().length, run.clock);
	const outcomes = items.map((item): ItemOutcome => ('failure' in item ? { state: 'failed', failure: item.failure } : notStarted));
	if (stopsOnFailure) refuseFaultyInput(context, outcomes);

	const indexes = new Map(items.flatMap((item, index) => ('request' in item ? [[item.request, index] as const] : [])));
	const requests = [...indexes.keys()];
	const planned = operation.plan(requests);
	const settled = await runUnits<Planned<Request, Unit>, Result>({
		units: planned,
		concurrency: run.options.concurrency,
		stop: run.stop,
		begin: ({ unit }) => operation.begin(unit),
		keyOf: ({ unit }) => operation.keyOf?.(unit),
		onFailed: () => stopsOnFailure && halt.abort(),
	});

	settled.forEach((one, position) => {
		for (const member of planned[position]!.members) {
			const error = one.state === 'failed' && (operation.failureOf?.(one.error, member) ?? one.error);
			const outcome = one.state === 'done' ? done(operation.give(one.result, member)) : error ? failed(error) : notStarted;
			outcomes[indexes.get(member)!] = outcome;
		}
	});

	const { messages } = operation;
	if (stopsOnFailure) reportFirstFailure(context, outcomes, messages.done, messages.runningAgain(requests));
	addSummary(context, outcomes, messages.done);
	return [toOutputItems(context, outcomes, operation.whose)];
}
