import { readFileSync } from 'node:fs';

import { codeOf } from '../errors';

/**
 * The processes between us and the npm that runs us as a script, npm among them; none if npm doesn't run us, or where there is no /proc.
 * Whoever ends that npm (a process manager, a test) means us too, but npm hands a signal only as far as the shell it starts.
 */
export function npmAbove(): number[] {
	const between: number[] = [];
	try {
		for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) {
			between.push(pid);
			if (/^(\S*\/)?(node\0\S*)?npm\b/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) return between;
		}
	} catch {
		// No /proc, or a process that ended while we looked: Ctrl-C still reaches us.
	}
	return [];
}

/** True while a process with this ID runs; one that has ended and only waits for its parent to notice (a zombie) doesn't. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// Someone else's process may not be signalled, but it lives.
		return codeOf(error) === 'EPERM';
	}
	try {
		return statOf(pid).state !== 'Z';
	} catch {
		return true; // no /proc to look into
	}
}

const parentOf = (pid: number) => statOf(pid).parent;

/** From /proc: the name before these fields is in brackets, and may itself hold blanks and brackets. */
function statOf(pid: number): { state: string | undefined; parent: number } {
	const [state, parent] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1) ?? '').trim().split(' ');
	return { state, parent: Number(parent) };
}
