import { readFile } from 'node:fs/promises';

import type { TableRow } from '../../rest/dataTables';
import type { QueueProcess } from '../../server/queue/queueProcess';

export interface Share {
	/** Calls that this worker did, or began. */
	calls: number;
	/** The learners in them. */
	learners: number;
}

/**
 * Which worker did what: n8n's executions don't tell, but each worker writes into its log what it starts.
 *
 * @param rows what was written down, a line for each learner, with the execution of the call
 */
export async function sharesOf(workers: readonly QueueProcess[], rows: readonly TableRow[]): Promise<Share[]> {
	return await Promise.all(
		workers.map(async ({ logFile }) => {
			const started = startedIn(await readFile(logFile, 'utf8'));
			const own = rows.filter(({ execution }) => started.has(String(execution)));
			const different = (column: string) => new Set(own.map((row) => row[column])).size;
			return { calls: different('execution'), learners: different('email') };
		}),
	);
}

/** The executions that a worker's log says it has started. */
export const startedIn = (log: string): Set<string> =>
	new Set([...log.matchAll(/Worker started execution (\d+)/g)].map(([, id]) => String(id)));
