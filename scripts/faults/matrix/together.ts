import { join } from 'node:path';

import { startQueue } from '../../../n8n/server/queue/startQueue';
import type { RunningN8n } from '../../../n8n/server/startN8n';
import type { Fault } from '../../../sandbox/index';
import { heldAfter, heldBefore, nextStep, nextStepRoute, untilHeld } from '../held';
import { untrueIn, verdictOf } from '../judge/judge';
import type { Operation } from '../operations/operation';
import { asUsual } from '../operations/operation';
import type { Row } from '../operations/row';
import type { ProofSetup } from '../proofs/proof';
import type { Published } from '../published';
import type { Judged } from './colour';
import { openLane, type Lane } from './lane';
import type { WayName } from './ways';

/** What is tried for all operations at the same time, because it meets all of n8n. */
export type TogetherWay = Extract<WayName, `killed${string}` | 'twoWorkers'>;

export const togetherWays: Record<TogetherWay, { heading: string; says: string }> = {
	killedBefore: {
		heading: 'killed before',
		says: 'n8n killed when the node’s first request had come, and nothing was done; executed again.',
	},
	killedDuring: { heading: 'killed during', says: 'n8n killed when the work was done, before the answer; executed again.' },
	killedAfter: {
		heading: 'killed after',
		says: 'n8n killed when the node was through, before n8n had stored the execution; executed again.',
	},
	twoWorkers: {
		heading: 'two workers',
		says: 'Four executions of the same list at the same moment on two workers in queue mode; then once more.',
	},
};

export type Together = Array<{ operation: Operation; ways: Partial<Record<TogetherWay, Judged>> }>;

interface Cast {
	lane: Lane;
	rows: Row[];
	workflow: Published<Row>;
}

const settings = { onError: 'continueRegularOutput' } as const;

type Moment = Exclude<TogetherWay, 'twoWorkers'>;

/** Where n8n is killed: at the call that this fault holds back. */
const heldAt: Record<Moment, (operation: Operation) => Fault> = {
	killedBefore: () => ({ route: '*', answer: heldBefore }),
	killedDuring: ({ route }) => ({ route, answer: heldAfter }),
	killedAfter: () => ({ route: nextStepRoute, answer: heldBefore }),
};

/** Every operation at work in one n8n when it is killed, once for each moment. */
export async function killTogether(
	n8n: RunningN8n,
	operations: readonly Operation[],
	moments: readonly Moment[],
	report: (line: string) => void,
): Promise<Together> {
	return await withLanes(n8n, operations, async (lanes) => {
		const found: Together = operations.map((operation) => ({ operation, ways: {} }));
		for (const way of moments) {
			report(`All operations: ${togetherWays[way].says}`);
			const cast = await Promise.all(lanes.map((lane) => enter(lane, true)));
			cast.forEach(({ lane }) => lane.sandbox.faults.add(heldAt[way](lane.operation)));
			const executions = cast.map(({ workflow, rows }) => workflow.execute(rows));
			await Promise.all(cast.map(({ lane }) => untilHeld(lane.sandbox)));
			await n8n.kill();
			await Promise.all(executions);
			cast.forEach(({ lane }) => lane.sandbox.faults.clear());
			await n8n.restart();
			await Promise.all(cast.map(({ workflow, rows }) => workflow.execute(rows)));
			for (const [index, one] of cast.entries()) found[index]!.ways[way] = await judge(one, way, []);
		}
		return found;
	});
}

/** Every operation at work on two workers. */
export async function workTogether({ folder, tarball, report }: ProofSetup, operations: readonly Operation[]): Promise<Together> {
	const queue = await startQueue({ folder: join(folder, 'together'), tarball, workers: 2, report });
	try {
		report(`All operations: ${togetherWays.twoWorkers.says}`);
		return await withLanes(queue.main, operations, async (lanes) => {
			const found: Together = [];
			for (const lane of lanes) {
				const one = await enter(lane, false);
				await Promise.all([1, 2, 3, 4].map(() => one.workflow.execute(one.rows)));
				const untrue = await untrueIn(lane.operation.record(lane.sandbox), await one.workflow.runs());
				await one.workflow.execute(one.rows);
				found.push({ operation: lane.operation, ways: { twoWorkers: await judge(one, 'twoWorkers', untrue) } });
			}
			return found;
		});
	} finally {
		await queue.stop();
	}
}

async function withLanes(n8n: RunningN8n, operations: readonly Operation[], work: (lanes: Lane[]) => Promise<Together>): Promise<Together> {
	const lanes: Lane[] = [];
	try {
		for (const operation of operations) lanes.push(await openLane(n8n, operation));
		return await work(lanes);
	} finally {
		await Promise.all(lanes.map((lane) => lane.close()));
	}
}

async function enter(lane: Lane, goesOn: boolean): Promise<Cast> {
	const { operation, sandbox } = lane;
	const rows = (await operation.newRows(sandbox, operation.size.rows)).map(asUsual);
	return { lane, rows, workflow: await lane.workflow(settings, goesOn ? nextStep : undefined) };
}

/** After the last execution, which met nothing any more. */
async function judge({ lane: { operation, sandbox }, rows, workflow }: Cast, way: TogetherWay, before: string[]): Promise<Judged> {
	const record = operation.record(sandbox);
	const untrue = [...before, ...(await untrueIn(record, await workflow.runs()))];
	const notPromised = operation.notPromised[way];
	return { verdict: await verdictOf(record, rows, untrue, true), ...(notPromised !== undefined && { notPromised }) };
}
