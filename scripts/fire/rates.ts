import { setTimeout as sleep } from 'node:timers/promises';

import type { Kind } from './kinds';
import type { Range } from './range';
import { shootAll, wrongAnswers } from './shoot';

/** How fast one kind of delivery is taken, and what it is to the first kind, n8n's own Webhook node. */
export interface Rate {
	name: string;
	perSecond: number;
	/** Time, to the Webhook node's. */
	timeRatio: number;
	/** What n8n's process works for one, ms of a processor. */
	workMs: number;
	workRatio: number;
}

const turns = 5;
const atOnce = 10;
const warmUp = 150;
const settleMs = 1_500;

interface Spent {
	ms: number;
	workedMs: number;
}

/**
 * In turns, each beginning with another kind, so that what else the machine does falls on all alike; the turn in the middle counts.
 *
 * @param each how many of a kind go in one turn
 */
export async function ratesOf(range: Range, kinds: readonly Kind[], each = 60): Promise<Rate[]> {
	const idleShare = await idleShareOf(range);
	for (const kind of kinds) await fire(range, kind, 0, warmUp); // warms up, and fills what is remembered of events
	const spent = kinds.map((): Spent[] => []);
	for (let turn = 1; turn <= turns; turn++) {
		for (let place = 0; place < kinds.length; place++) {
			const index = (turn + place) % kinds.length;
			const { ms, workedMs } = await fire(range, kinds[index]!, turn * 1_000, each);
			spent[index]!.push({ ms, workedMs: workedMs - idleShare * (ms + settleMs) });
		}
	}
	const middles = spent.map((all) => ({ ms: middle(all.map(({ ms }) => ms)), workedMs: middle(all.map(({ workedMs }) => workedMs)) }));
	return kinds.map(({ name }, index) => {
		const [own, plain] = [middles[index]!, middles[0]!];
		return {
			name,
			perSecond: (each * 1000) / own.ms,
			timeRatio: own.ms / plain.ms,
			workMs: own.workedMs / each,
			workRatio: own.workedMs / plain.workedMs,
		};
	});
}

/** Sends so many of a kind, and waits until n8n is through with what they started. */
export async function fire({ workedMs }: Range, { name, url, make }: Kind, first: number, count: number): Promise<Spent> {
	const rounds = Array.from({ length: count }, (_, n) => ({ load: () => make(first + n) }));
	const started = { ms: performance.now(), workedMs: await workedMs() };
	const wrong = wrongAnswers(await shootAll(url, rounds, atOnce));
	const ms = performance.now() - started.ms;
	if (wrong.length > 0) throw new Error(`${name}: ${wrong.join('; ')}`);
	// What n8n does for an execution after the answer belongs to it.
	await sleep(settleMs);
	return { ms, workedMs: (await workedMs()) - started.workedMs };
}

/** What n8n works while nobody asks for anything, ms of a processor in a ms. */
async function idleShareOf({ workedMs }: Range): Promise<number> {
	const ms = 3_000;
	const before = await workedMs();
	await sleep(ms);
	return ((await workedMs()) - before) / ms;
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
