import type { IExecuteFunctions } from 'n8n-workflow';

import { createSender, type Sender } from '../http/send';
import type { Clock } from '../http/types';
import { n8nClock } from '../n8n/clock';
import { readRunOptions, type RunOptions } from './options';

/** What an operation works with during one run of the node. */
export interface Run {
	/** The same for all tries of n8n's Retry On Fail, another one for every other run. */
	id: string;
	options: RunOptions;
	sender: Sender;
	clock: Clock;
	/** Aborted when the execution is cancelled, or when an item failed and the node is set to stop. */
	stop: AbortSignal;
}

/**
 * @param id of this run, the same for all its tries
 * @param halted aborted when an item failed and the node is set to stop
 * @throws ExplainedFailure for an option that is out of range
 */
export function startRun(context: IExecuteFunctions, id: string, halted: AbortSignal): Run {
	const options = readRunOptions(context);
	const cancelled = context.getExecutionCancelSignal();
	const stop = cancelled ? AbortSignal.any([cancelled, halted]) : halted;
	return { id, options, clock: n8nClock, stop, sender: createSender({ ...options, clock: n8nClock, stop }) };
}
