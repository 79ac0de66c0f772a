import type { HeapProfiler, Profiler, Runtime } from 'node:inspector';

/** What a process did meanwhile: where its time went, and what it allocated, whether or not that was collected since. */
export interface Recorded {
	cpu: Profiler.Profile;
	heap: HeapProfiler.SamplingHeapProfile;
}

/** Whose code it was, and how much: ms of a processor, or bytes. */
export interface Share {
	owner: string;
	amount: number;
}

export interface Shares {
	cpu: Share[];
	heap: Share[];
	/** The functions that took the most by themselves. */
	functions: Array<Share & { name: string }>;
}

/** Adds up a profile by who owns the code; waiting for something counts for nobody. */
export function sharesOf({ cpu, heap }: Recorded): Shares {
	const worked = workedIn(cpu).filter(({ name }) => name !== '(idle)');
	return {
		cpu: byMost(worked, ({ owner }) => owner).map(([owner, amount]) => ({ owner, amount })),
		heap: byMost(allocatedIn(heap.head), ({ owner }) => owner).map(([owner, amount]) => ({ owner, amount })),
		functions: byMost(worked, ({ owner, name }) => `${owner}\n${name}`).map(([key, amount]) => {
			const [owner = '', name = ''] = key.split('\n');
			return { owner, name, amount };
		}),
	};
}

interface Part {
	owner: string;
	name: string;
	amount: number;
}

function workedIn({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Part[] {
	const took = new Map<number, number>();
	samples.forEach((id, index) => took.set(id, (took.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000));
	const byId = new Map(nodes.map((node) => [node.id, node]));
	return walk(
		nodes[0],
		({ children = [] }) => children.map((id) => byId.get(id)!),
		({ id }) => took.get(id) ?? 0,
	);
}

const allocatedIn = (head: HeapProfiler.SamplingHeapProfileNode): Part[] =>
	walk(
		head,
		({ children }) => children,
		({ selfSize }) => selfSize,
	);

function walk<Node extends { callFrame: Runtime.CallFrame }>(
	root: Node | undefined,
	childrenOf: (node: Node) => Node[],
	amountOf: (node: Node) => number,
): Part[] {
	const parts: Part[] = [];
	const open = root ? [{ node: root, caller: 'V8' }] : [];
	for (let next = open.pop(); next; next = open.pop()) {
		const { node, caller } = next;
		const owner = ownerOf(node.callFrame, caller);
		parts.push({ owner, name: node.callFrame.functionName || '(anonymous)', amount: amountOf(node) });
		open.push(...childrenOf(node).map((child) => ({ node: child, caller: owner })));
	}
	return parts;
}

function byMost(parts: Part[], keyOf: (part: Part) => string): Array<[string, number]> {
	const sums = new Map<string, number>();
	for (const part of parts) sums.set(keyOf(part), (sums.get(keyOf(part)) ?? 0) + part.amount);
	return [...sums].sort(([, a], [, b]) => b - a);
}

/** The package whose code it is; what is inlined in this package's files is its own, and native code that of who called it. */
function ownerOf({ url, functionName }: Runtime.CallFrame, caller: string): string {
	if (functionName === '(garbage collector)') return 'collecting garbage';
	if (url.startsWith('node:')) return 'Node.js';
	if (url === '') return caller;
	const packages = [...url.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map(([, name = '']) => name);
	return packages.at(-1) ?? 'other';
}
