import type { Operation } from '../operations/operation';
import { faultNamed, faultNames, type FaultName } from './faults';
import { triedWays, type TriedWay } from './ways';

/** What is tried of an operation. */
export interface Plan {
	operation: Operation;
	pairs: Array<{ fault: FaultName; way: TriedWay }>;
}

/**
 * Not the full product: the nodes do the same after all answers that mean the same (lib/http/retry.ts), so one of each kind stands for the
 * others, but for how the node and n8n repeat and how it is told.
 */
const waysOfEvery: readonly TriedWay[] = ['inNode', 'retryOnFail', 'continueAgain'];

export function planOf(operation: Operation): Plan {
	const own = triedWays.filter((way) => operation.ways?.includes(way) ?? true);
	const pairs = faultNames
		.filter((fault) => faultNamed(fault).meets?.(operation) ?? true)
		.flatMap((fault) => {
			const all = faultNamed(fault).inAllWays || operation.settings !== undefined;
			return own.filter((way) => all || waysOfEvery.includes(way)).map((way) => ({ fault, way }));
		});
	return { operation, pairs };
}

/** One of each kind, in the ways in which most went wrong: what there is time for at every change. */
const shortFaults: readonly FaultName[] = ['resetAfter', 's429', 's503', 'half'];
const shortWays: readonly TriedWay[] = ['inNode', 'retryOnFail', 'continueAgain'];

export const shortened = ({ operation, pairs }: Plan): Plan => ({
	operation,
	pairs: pairs.filter(({ fault, way }) => shortFaults.includes(fault) && shortWays.includes(way)),
});
