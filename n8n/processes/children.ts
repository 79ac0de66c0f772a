import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

import { isAlive, npmAbove } from './alive';

/**
 * Every program that we start is ended with us. Each gets a process group of its own, so that ending it also ends what it has started in
 * turn (n8n starts a task runner, npm starts compilers).
 */
const living = new Set<ChildProcess>();
const cleaners: Array<() => Promise<void> | void> = [];
let watching = false;

export interface ChildOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	stdio: StdioOptions;
}

/** Starts a program that can't outlive us. A program that isn't there shows as an `error` event, as with Node's own spawn. */
export function startChild(command: string, args: string[], options: ChildOptions): ChildProcess {
	watchOurOwnEnd();
	const child = spawn(command, args, { ...options, detached: true });
	living.add(child);
	child.once('exit', () => living.delete(child));
	child.once('error', () => living.delete(child));
	return child;
}

/** Asks a program and all it started to end (SIGTERM), and after `graceMs` milliseconds makes them (SIGKILL). Resolves when it is gone. */
export async function endChild(child: ChildProcess, graceMs = 8_000): Promise<void> {
	if (!isRunning(child)) return;
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	signalGroup(child, 'SIGTERM');
	const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
	await gone;
	clearTimeout(timer);
	signalGroup(child, 'SIGKILL'); // what the program itself left behind
}

/** Ends a program and all it started as a power cut would (SIGKILL): it can't finish or store anything. Resolves when it is gone. */
export async function killChild(child: ChildProcess): Promise<void> {
	if (!isRunning(child)) return;
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	signalGroup(child, 'SIGKILL');
	await gone;
}

/** True until the program has ended, by itself or by a signal. */
export function isRunning(child: ChildProcess): boolean {
	return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Runs `clean` when a signal ends us (Ctrl-C, a closed terminal), after the programs we started have ended. */
export function onSignal(clean: () => Promise<void> | void): void {
	watchOurOwnEnd();
	cleaners.push(clean);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group is gone already: what we wanted.
	}
}

function watchOurOwnEnd(): void {
	if (watching) return;
	watching = true;
	// The last resort, also after an uncaught error: an exit handler can't wait, so it doesn't ask.
	process.on('exit', () => living.forEach((child) => signalGroup(child, 'SIGKILL')));
	const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
	for (const [signal, number] of Object.entries(signals)) process.once(signal, () => void leave(128 + number));
	const above = npmAbove();
	setInterval(() => {
		if (!above.every(isAlive)) void leave(128 + signals.SIGTERM);
	}, 1_000).unref();
}

let leaving = false;

async function leave(code: number): Promise<void> {
	if (leaving) return;
	leaving = true;
	await Promise.allSettled([...living].map((child) => endChild(child)));
	for (const clean of cleaners) await clean();
	process.exit(code);
}
