import type { IExecuteFunctions } from 'n8n-workflow';

import { createSender, type Sender } from '../http/send';
import type { Clock } from '../http/types';
import { n8nClock } from '../n8n/clock';
import { readRunOptions, type RunOptions } from './options';

/** What an operation works with during one run of the node. */
export interface Run {
	options: RunOptions;
	sender: Sender;
	clock: Clock;
	/** Aborted when the execution is cancelled, or when an item failed and the node is set to stop. */
	stop: AbortSignal;
}

/**
 * @param halted aborted when an item failed and the node is set to stop
 * @throws ExplainedFailure for an option that is out of range
 */
export function startRun(context: IExecuteFunctions, halted: AbortSignal): Run {
	const options = readRunOptions(context);
	const cancelled = context.getExecutionCancelSignal();
	const stop = cancelled ? AbortSignal.any([cancelled, halted]) : halted;
	return { options, clock: n8nClock, stop, sender: createSender({ ...options, clock: n8nClock, stop }) };
}
