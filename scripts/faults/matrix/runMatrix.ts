import pLimit from 'p-limit';

import type { RunningN8n } from '../../../n8n/server/startN8n';
import type { Operation } from '../operations/operation';
import { runCell, type Cell } from './cell';
import { openLane } from './lane';
import type { Plan } from './plan';

export interface Tried {
	operation: Operation;
	cells: Cell[];
}

/** Operations that are tried at the same time; n8n is one process, and most of an execution is waiting. */
const atOnce = 6;

/** Runs all plans in one n8n. Every operation has a sandbox of its own, so that they don't meet. */
export async function runMatrix(n8n: RunningN8n, plans: readonly Plan[], report: (line: string) => void): Promise<Tried[]> {
	const limit = pLimit(atOnce);
	return await Promise.all(plans.map((plan) => limit(() => runPlan(n8n, plan, report))));
}

async function runPlan(n8n: RunningN8n, { operation, pairs }: Plan, report: (line: string) => void): Promise<Tried> {
	const lane = await openLane(n8n, operation);
	const startedAt = Date.now();
	try {
		const cells: Cell[] = [];
		for (const { fault, way } of pairs) cells.push(await runCell(lane, fault, way));
		report(`${operation.title}: ${cells.length} cells in ${Math.round((Date.now() - startedAt) / 1000)} s`);
		return { operation, cells };
	} finally {
		await lane.close();
	}
}
