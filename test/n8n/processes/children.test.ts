import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive } from '../../../n8n/processes/alive';
import { endChild, isRunning, startChild } from '../../../n8n/processes/children';

const start = (script: string) => startChild('sh', ['-c', script], { cwd: '.', stdio: ['ignore', 'pipe', 'ignore'] });

/** The process ID that a script writes first. */
const firstLine = (child: ReturnType<typeof start>) =>
	new Promise<number>((resolve) => child.stdout?.once('data', (text: Buffer) => resolve(Number(text))));

test('ending a program ends what it has started too', async () => {
	const child = start('sleep 60 & echo $!; wait');
	const grandchild = await firstLine(child);
	await endChild(child);
	await sleep(100);
	expect(isRunning(child)).toBe(false);
	expect(isAlive(grandchild)).toBe(false);
});

test("a program that doesn't listen is made to end", async () => {
	const child = start('trap "" TERM; echo $$; while :; do sleep 0.1; done');
	await firstLine(child);
	await endChild(child, 300);
	expect(child.signalCode).toBe('SIGKILL');
});
