import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { Issued } from './issued';

/** What it took to check a list of badges. */
export interface Checked {
	ms: number;
	/** Processor time, of all threads. */
	cpuMs: number;
	/** Resident memory before the first badge, and at most, MB. */
	idleMb: number;
	peakMb: number;
	/** For so long nobody else had their turn, ms. */
	longestHoldMs: number;
	requests: number;
}

export type Program = 'bare' | 'library';

/**
 * Has a program beside this file check badges, in a process of its own.
 *
 * @param rpcUrl without it, hash and path alone are checked
 * @param folder of what was built
 * @throws Error when a badge isn't genuine to it
 */
export async function check(program: Program, issued: Issued, rpcUrl: string | undefined, folder: string): Promise<Checked> {
	const { badges } = issued;
	await issued.requests();
	const child = spawn(process.execPath, ['--expose-gc', join(__dirname, 'child.mjs'), program], { stdio: ['pipe', 'pipe', 'inherit'] });
	child.stdin.end(JSON.stringify({ badges, rpcUrl, folder }));
	const told = await text(child.stdout);
	if (told === '') throw new Error(`The program ${program} failed.`);
	const { genuine, ...checked } = JSON.parse(told) as Omit<Checked, 'requests'> & { genuine: number };
	if (genuine !== badges.length) throw new Error(`To the program ${program}, ${genuine} of ${badges.length} badges are genuine.`);
	return { ...checked, requests: await issued.requests() };
}
