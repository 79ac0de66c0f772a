import type { Measure } from '../measure';
import { buildNodes } from './built';
import { checkInEngine } from './inEngine';
import { issueBatches, type Issued } from './issued';
import { check, type Checked, type Program } from './programs';

export const batches = 5;
export const batchSize = 100;
export const manyBadges = batches * batchSize;

/** The quickest of so many turns counts: whatever else the machine does can only add. */
const turns = 3;

/** What 500 badges took each of them: hash and path alone, and with the transaction and the issuer's keys. */
export interface Verifying {
	offline: Record<Program, Checked>;
	online: Record<Program, Checked>;
	/** The node in n8n's engine, with transaction and issuer. */
	engine: { ms: number; requests: number };
}

/** Checks 500 synthetic badges with what ships, and with a bare program over the same libraries, in turns. */
export async function measureVerifying(): Promise<Verifying> {
	const folder = await buildNodes();
	const issued = await issueBatches(batches, batchSize);
	try {
		const offline = await inTurns(issued, undefined, folder);
		const online = await inTurns(issued, issued.rpcUrl, folder);
		let ms = Infinity;
		let requests = 0;
		for (let turn = 0; turn < turns; turn++) {
			ms = Math.min(ms, await checkInEngine(issued, issued.rpcUrl, folder));
			requests = await issued.requests();
		}
		return { offline, online, engine: { ms, requests } };
	} finally {
		await issued.stop();
	}
}

async function inTurns(issued: Issued, rpcUrl: string | undefined, folder: string): Promise<Record<Program, Checked>> {
	const best: Partial<Record<Program, Checked>> = {};
	for (let turn = 0; turn < turns; turn++) {
		for (const program of ['bare', 'library'] as const) {
			const checked = await check(program, issued, rpcUrl, folder);
			best[program] = best[program] ? quicker(best[program], checked) : checked;
		}
	}
	return best as Record<Program, Checked>;
}

/** Who else had their turn is by the clock, too. */
const quicker = (one: Checked, other: Checked): Checked => ({
	...(other.ms < one.ms ? other : one),
	longestHoldMs: Math.min(one.longestHoldMs, other.longestHoldMs),
});

/** 500 badges in one run, to a bare program over the same libraries. */
export async function verifying(): Promise<Measure[]> {
	const { offline, online, engine } = await measureVerifying();
	const badges = `${manyBadges} badges`;
	return [
		{
			what: `${badges} checked by hash and path, to the bare program over the same libraries`,
			ratio: timesOf(offline),
			from: toldOf(offline),
		},
		{ what: 'the same with transaction and issuer, to the bare program', ratio: timesOf(online), from: toldOf(online) },
		{
			what: 'the same by the node in n8n’s engine, to the library alone',
			ratio: engine.ms / online.library.ms,
			from: `${engine.ms.toFixed(0)} ms, ${engine.requests} requests`,
		},
		{
			what: `memory beyond what is there before the first badge, to the bare program’s`,
			ratio: (online.library.peakMb - online.library.idleMb) / (online.bare.peakMb - online.bare.idleMb),
			from: toldOf(online),
		},
	];
}

const timesOf = ({ library, bare }: Record<Program, Checked>): number => library.ms / bare.ms;

const toldOf = (checked: Record<Program, Checked>): string => `library ${told(checked.library)}; bare ${told(checked.bare)}`;

const told = ({ ms, cpuMs, idleMb, peakMb, longestHoldMs, requests }: Checked): string =>
	`${ms.toFixed(0)} ms (${cpuMs.toFixed(0)} ms of a processor), ${requests} requests, ${idleMb.toFixed(0)} MB + ${(peakMb - idleMb).toFixed(0)} MB, others wait up to ${longestHoldMs.toFixed(0)} ms`;
