import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { n8n } from '../../../package.json';
import type { Measure } from '../measure';
import { buildNodes } from './built';

const run = promisify(execFile);

/** What it takes to load a file: time, and what stays in memory. */
export interface Loaded {
	ms: number;
	heapKb: number;
}

/** Of so many turns the quickest counts. */
const turns = 5;

/** What loading takes of all nodes, of each by its name, and of the library that checks badges. */
export interface Loading {
	all: Loaded;
	each: Array<[name: string, loaded: Loaded]>;
	library: Loaded;
	allAndLibrary: Loaded;
}

const libraryFile = 'lib/proof/index.js';

/** Loads what is built, each in new processes. */
export async function measureLoading(): Promise<Loading> {
	const folder = await buildNodes();
	const nodes = n8n.nodes.map((built) => join(folder, built.replace(/^dist\//, '')));
	const library = join(folder, libraryFile);
	const each: Loading['each'] = [];
	for (const file of nodes) each.push([basename(file, '.node.js'), await loaded([file])]);
	return { all: await loaded(nodes), each, library: await loaded([library]), allAndLibrary: await loaded([...nodes, library]) };
}

/** What n8n's start is spared, because the library that checks badges is loaded with the first badge. */
export async function loading(): Promise<Measure[]> {
	const { all, each, library, allAndLibrary } = await measureLoading();
	return [
		{
			what: `loading all ${each.length} nodes, to loading the library that checks badges`,
			ratio: all.ms / library.ms,
			from: `the nodes ${told(all)}; the library ${told(library)}; both ${told(allAndLibrary)}`,
		},
		{
			what: `memory of all ${each.length} nodes, to the same with that library`,
			ratio: all.heapKb / allAndLibrary.heapKb,
			from: each.map(([name, one]) => `${name} ${told(one)}`).join('; '),
		},
	];
}

async function loaded(files: string[]): Promise<Loaded> {
	const best: Loaded = { ms: Infinity, heapKb: Infinity };
	for (let turn = 0; turn < turns; turn++) {
		const { stdout } = await run(process.execPath, ['--expose-gc', join(__dirname, 'load.mjs'), ...files]);
		const { ms, heapKb } = JSON.parse(stdout) as Loaded;
		best.ms = Math.min(best.ms, ms);
		best.heapKb = Math.min(best.heapKb, heapKb);
	}
	return best;
}

const told = ({ ms, heapKb }: Loaded): string => `${ms.toFixed(1)} ms, ${heapKb.toFixed(0)} KB`;
