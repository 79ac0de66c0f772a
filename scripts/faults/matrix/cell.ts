import { untrueIn, verdictOf } from '../judge/judge';
import { sumOf, type Verdict } from '../judge/verdict';
import type { Operation } from '../operations/operation';
import type { HowToRun } from '../operations/row';
import { faultNamed, type FaultKind, type FaultName } from './faults';
import type { Lane } from './lane';
import { ways, type TriedWay, type Way } from './ways';

export interface Cell {
	fault: FaultName;
	way: TriedWay;
	verdict: Verdict;
	/** Why it is not promised to come out well, if it isn't. */
	notPromised?: string;
}

const moreRows = 10;

/** Milliseconds; what the nodes wait if nothing is set. */
const usualTimeout = 30_000;

/** Tries one operation under one fault, in one way of running it again. */
export async function runCell(lane: Lane, faultName: FaultName, wayName: TriedWay): Promise<Cell> {
	const way = ways[wayName];
	const fault = faultNamed(faultName);
	// Where nothing is told apart by the call that goes wrong, one run says as much as three.
	const calls = new Set(fault.kind === 'none' ? [1] : way.faulty.map((position) => callAt(position, way, lane.operation)));
	const verdicts: Verdict[] = [];
	for (const call of calls) verdicts.push(await tryOnce(lane, fault, way, call));
	const notPromised = reasonFor(lane.operation, faultName, wayName);
	return { fault: faultName, way: wayName, verdict: sumOf(verdicts), ...(notPromised !== undefined && { notPromised }) };
}

function callAt(position: Way['faulty'][number], { inOneBatch }: Way, { size, route }: Operation): number {
	if (inOneBatch && route === 'learncoin.createBatch' && size.rows > size.calls) return 1;
	return { first: 1, middle: Math.ceil(size.calls / 2), last: size.calls }[position];
}

const reasonFor = ({ notPromised, notPromisedAfter }: Operation, fault: FaultName, way: TriedWay): string | undefined =>
	notPromised[way] ?? (way === 'inNode' ? undefined : notPromisedAfter?.[fault]);

async function tryOnce({ operation, sandbox, relay, workflow }: Lane, fault: FaultKind, way: Way, call: number): Promise<Verdict> {
	const rows = await operation.newRows(sandbox, operation.size.rows);
	const more = way.hasMore ? await operation.newRows(sandbox, moreRows) : [];
	const how: HowToRun = {
		maxRetries: way.maxRetries,
		timeout: usualTimeout,
		batchSize: way.inOneBatch ? 500 : operation.size.rows / operation.size.calls,
		daysLater: 0,
	};
	const record = operation.record(sandbox);
	const published = await workflow(way.settings);
	const isShort = way.maxRetries > 0 || way.settings.retryOnFail === true || operation.settings?.retryOnFail === true;
	const untrue: string[] = [];
	const before = { ...sandbox.moca.settings };
	fault.reading?.(sandbox);
	let disarm = await fault.arm({ sandbox, relay, route: operation.route, call, isShort });
	for (const [index, { lists, daysLater = 0 }] of way.steps(rows, more).entries()) {
		const now: HowToRun = { ...how, daysLater, ...(index === 0 && fault.timeout !== undefined && { timeout: fault.timeout }) };
		await Promise.all(lists.map((list) => published.execute(list.map((row) => ({ ...row, how: now })))));
		await disarm();
		disarm = () => {};
		const others = lists.length > 1 && fault.kind !== 'none';
		untrue.push(...(await untrueIn(record, await published.runs(), others)));
	}
	const verdict = await verdictOf(record, [...rows, ...more], untrue, couldBeHad(operation, fault, way));
	Object.assign(sandbox.moca.settings, before);
	return verdict;
}

/** Whether everybody can have theirs at the end: somebody asks again, and what went wrong is over. */
function couldBeHad({ repeats }: Operation, { kind }: FaultKind, way: Way): boolean {
	if (kind === 'none' || way.steps([], []).length > 1) return true;
	// With On Error = Continue it is n8n that may not try again.
	const isTriedAgain = way.settings.retryOnFail !== true || way.settings.onError === undefined;
	// What would be done again by repeating is repeated by nobody when it may have been done.
	return isTriedAgain && (repeats === 'unprocessed' ? kind === 'unprocessed' : repeats === 'anything' && kind !== 'refused');
}
