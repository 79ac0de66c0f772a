import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

import type * as Proof from '../../../lib/proof';
import { hostileBadges, provenByItself } from '../../../test/support/proof/hostileBadges';
import { coveredBadge, signed } from '../../../test/support/proof/synthetic';
import type { Measure } from '../measure';
import { buildNodes } from './built';

/** For so long, no file may keep others in n8n from their turn, ms. */
export const longestHoldMs = 50;

/** Of so many turns the shortest counts: whatever else the machine does can only add. */
const turns = 3;

const enoughToWarmUp = 100;

/** What the others are compared with. */
export const genuineBadge = 'a genuine badge';

/** What one file, made for it, does to others in the same n8n. */
export interface Hold {
	name: string;
	/** Processor time, of all threads, in which nobody else had their turn; at most, ms. */
	stretchMs: number;
	/** The same of the whole check. */
	allMs: number;
}

/** The longest stretch for which each of the hostile badges keeps others from their turn, the longest first. */
export async function measureHolds(): Promise<Hold[]> {
	const { createVerifier, readBadgeFile } = createRequire(__filename)(`${await buildNodes()}/lib/proof/index.js`) as typeof Proof;
	const nobody = async () => await Promise.reject(new Error('Nobody is asked'));
	const clock = { now: () => Date.now(), sleep: async (ms: number) => await sleep(ms) };
	const verify = createVerifier({ send: nobody, sendToStrangers: nobody, clock, mayBeLocal: false, required: ['hash'] });
	const check = async (bytes: Buffer) => void (await verify(async (work) => await readBadgeFile(bytes, work)));

	const genuine = Buffer.from(JSON.stringify(await signed(coveredBadge())));
	for (let count = 0; count < enoughToWarmUp; count++) await check(genuine);
	const holds = [await heldBy(genuineBadge, genuine, check)];
	for (const [name, content] of hostileBadges()) holds.push(await heldBy(name, await provenByItself(content), check));
	return holds.sort((one, other) => other.stretchMs - one.stretchMs);
}

async function heldBy(name: string, bytes: Buffer, check: (bytes: Buffer) => Promise<void>): Promise<Hold> {
	const best: Hold = { name, stretchMs: Infinity, allMs: Infinity };
	for (let turn = 0; turn < turns; turn++) {
		globalThis.gc?.();
		const { stretchMs, allMs } = await stretchesOf(() => check(bytes));
		best.stretchMs = Math.min(best.stretchMs, stretchMs);
		best.allMs = Math.min(best.allMs, allMs);
	}
	return best;
}

/** By processor time and not by the clock: another process may hold this one up. */
async function stretchesOf(work: () => Promise<void>): Promise<Omit<Hold, 'name'>> {
	let stretchMs = 0;
	let isDone = false;
	const start = workedMs();
	let last = start;
	const turn = () => {
		stretchMs = Math.max(stretchMs, workedMs() - last);
		last = workedMs();
		if (!isDone) setImmediate(turn);
	};
	setImmediate(turn);
	await work();
	isDone = true;
	turn();
	return { stretchMs, allMs: workedMs() - start };
}

function workedMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** The longest stretch for which a badge keeps others from their turn, to 50 ms. */
export async function holds(): Promise<Measure[]> {
	const measured = await measureHolds();
	const told = measured.slice(0, 5).map(({ name, stretchMs }) => `${name} ${stretchMs.toFixed(0)} ms`);
	const slowest = measured.reduce((one, other) => (other.allMs > one.allMs ? other : one));
	const genuine = measured.find(({ name }) => name === genuineBadge)!;
	return [
		{
			what: `the longest stretch of ${measured.length - 1} hostile badges in which nobody else has their turn, to ${longestHoldMs} ms`,
			ratio: measured[0]!.stretchMs / longestHoldMs,
			atMost: 1,
			from: `by processor time: ${told.join(', ')}; a genuine badge ${genuine.stretchMs.toFixed(0)} ms`,
		},
		{
			what: 'the longest check of any of them, to that of a genuine badge',
			ratio: slowest.allMs / genuine.allMs,
			from: `${slowest.name} ${slowest.allMs.toFixed(0)} ms of a processor, in pieces`,
		},
	];
}
