import { withoutPlaces } from '../../../scripts/bench/profile/keep';
import { sharesOf, type Recorded } from '../../../scripts/bench/profile/shares';

const frame = (functionName: string, url: string) => ({ functionName, url, scriptId: '1', lineNumber: 1, columnNumber: 1 });
const ours = 'file:///somewhere/nodes/node_modules/n8n-nodes-moca-learncoin/dist/nodes/Moca/Issue/MocaIssue.node.js';
const axios = 'file:///somewhere/n8n/node_modules/axios/dist/node/axios.cjs';

const recorded = {
	cpu: {
		startTime: 0,
		endTime: 20_000,
		nodes: [
			{ id: 1, callFrame: frame('(root)', ''), children: [2, 3, 5] },
			{ id: 2, callFrame: frame('read', ours), children: [4] },
			{ id: 3, callFrame: frame('(garbage collector)', '') },
			{ id: 4, callFrame: frame('replace', '') },
			{ id: 5, callFrame: frame('(idle)', '') },
		],
		samples: [2, 4, 3, 5],
		timeDeltas: [1_000, 2_000, 4_000, 9_000],
	},
	heap: {
		samples: [],
		head: {
			id: 1,
			callFrame: frame('(root)', ''),
			selfSize: 0,
			children: [{ id: 2, callFrame: frame('request', axios), selfSize: 700, children: [] }],
		},
	},
} as unknown as Recorded;

it('what native code does is its caller’s, and waiting is nobody’s', () => {
	expect(sharesOf(recorded)).toEqual({
		cpu: [
			{ owner: 'collecting garbage', amount: 4 },
			{ owner: 'n8n-nodes-moca-learncoin', amount: 3 },
			{ owner: 'V8', amount: 0 },
		],
		heap: [
			{ owner: 'axios', amount: 700 },
			{ owner: 'V8', amount: 0 },
		],
		functions: expect.arrayContaining([{ owner: 'n8n-nodes-moca-learncoin', name: 'replace', amount: 2 }]) as unknown,
	});
});

it('what is kept tells nothing of the places on this machine', () => {
	const kept = withoutPlaces(recorded);
	expect(kept).not.toContain('somewhere');
	expect(kept).toContain('"n8n-nodes-moca-learncoin/dist/nodes/Moca/Issue/MocaIssue.node.js"');
	expect(withoutPlaces(frame('own', 'file:///home/somebody/probe.ts'))).toContain('"url":"probe.ts"');
});
