import { FixableError } from '../../../n8n/errors';
import { profileOf } from '../profile';
import type { Shares } from '../profile/shares';
import { measureBadges, type BadgeResults } from './badges/measure';
import { runBare } from './bareRun';
import { cases, learnersFor, type Case } from './cases';
import { measureDeliveries, type DeliveryResults } from './deliveries/measure';
import { doItYourself, idle, ourBatches, ours } from './flows';
import { openRange, type Range, type Taken } from './range';
import { measureWorkers, type WorkersResult } from './workers/measure';

export interface CaseResult {
	case: Case;
	ours: Taken;
	bare: Omit<Taken, 'lateMs'>;
	doItYourself?: Taken;
	/** The most memory of n8n holding the same items, doing nothing with them, MB. */
	idleMb: number;
}

/** 10,000 learners with a limit of n8n's heap. */
export interface Heap {
	limitMb: number;
	/** None when n8n did not get through. */
	taken?: { ms: number; peakMb: number; idleMb: number };
}

export interface Results {
	cases: CaseResult[];
	/** 10,000 credentials in LearnCoin's batches. */
	batches: { learners: number; taken: Taken; idleMb: number };
	heaps: Heap[];
	/** Where time and memory went for 10,000 learners. */
	profile: Shares;
	deliveries: DeliveryResults;
	/** The same calls to one worker and to two; none where PostgreSQL or Redis isn't there. */
	workers: WorkersResult | undefined;
	badges: BadgeResults;
}

const heapLimitsMb = [4_096, 1_024, 768, 512];
const quickHeapLimitsMb = [4_096, 512];
const manyLearners = 10_000;
/** Short runs are measured more often, and the quickest counts: whatever else the machine does can only add. */
const turnsOf = ({ learners, latencyMs }: Case) => (learners <= 1_000 || latencyMs === 0 ? 2 : 1);

/** Measures everything, side by side on this machine: about 50 minutes, or 30 for the most telling cases alone. */
export async function measureAll(say: (line: string) => void, isQuick: boolean): Promise<Results> {
	const range = await openRange();
	let measured: CaseResult[];
	let batches: Results['batches'];
	let profile: Shares;
	try {
		await range.run(ours, learnersFor(200, 'warm'), cases[0]!);
		measured = [];
		for (const one of cases.filter((all) => !isQuick || all.isQuick)) {
			measured.push(await measureCase(range, one));
			say(inOneLine(measured.at(-1)!));
		}
		const settings = { concurrency: 10, latencyMs: 50, algorithm: 'RS256' };
		const { peakMb: idleMb } = await range.run(idle, learnersFor(manyLearners, 'idle'), settings);
		batches = { learners: manyLearners, idleMb, taken: await range.run(ourBatches, learnersFor(manyLearners, 'batch'), settings) };
		profile = await profileOf(range);
	} finally {
		await range.stop();
	}
	const heaps: Heap[] = [];
	for (const limitMb of isQuick ? quickHeapLimitsMb : heapLimitsMb) {
		heaps.push({ limitMb, ...(await withHeap(limitMb)) });
		say(`heap of ${limitMb} MB: ${heaps.at(-1)!.taken?.ms ?? 'did not get through'}`);
	}
	const [deliveries, workers, badges] = [await measureDeliveries(say), await workersWherePossible(say), await measureBadges(say)];
	return { cases: measured, batches, heaps, profile, deliveries, workers, badges };
}

async function measureCase(range: Range, one: Case): Promise<CaseResult> {
	let tag = 0;
	const learners = () => learnersFor(one.learners, `run${Date.now()}-${tag++}`);
	const quickest = async <T extends { ms: number }>(measure: () => Promise<T>): Promise<T> => {
		let best = await measure();
		for (let turn = 1; turn < turnsOf(one); turn++) {
			const next = await measure();
			if (next.ms < best.ms) best = next;
		}
		return best;
	};
	const { peakMb: idleMb } = await range.run(idle, learners(), one);
	return {
		case: one,
		idleMb,
		bare: await quickest(() => runBare(range.sandbox, learners(), one)),
		ours: await quickest(() => range.run(ours, learners(), one)),
		...(one.doItYourself && { doItYourself: await quickest(() => range.run(doItYourself, learners(), one)) }),
	};
}

async function withHeap(limitMb: number): Promise<Omit<Heap, 'limitMb'>> {
	let range: Range | undefined;
	try {
		range = await openRange([`--max-old-space-size=${limitMb}`]);
		const settings = { concurrency: 50, latencyMs: 0, algorithm: 'RS256' };
		const { peakMb: idleMb } = await range.run(idle, learnersFor(manyLearners, 'idle'), settings);
		const { ms, peakMb } = await range.run(ours, learnersFor(manyLearners, 'heap'), settings);
		return { taken: { ms, peakMb, idleMb } };
	} catch {
		return {}; // n8n ended, or never started
	} finally {
		await range?.stop();
	}
}

async function workersWherePossible(say: (line: string) => void): Promise<WorkersResult | undefined> {
	try {
		return await measureWorkers(say);
	} catch (error) {
		if (!(error instanceof FixableError)) throw error;
		say(`workers: not measured. ${error.message}`);
		return undefined;
	}
}

export const inOneLine = ({
	case: { learners, latencyMs, concurrency, algorithm },
	ours: own,
	bare,
	doItYourself: diy,
	idleMb,
}: CaseResult) =>
	`${learners} learners, ${latencyMs} ms, ${concurrency} at once, ${algorithm}: ${seconds(own.ms)} (${own.requests} requests), bare ${seconds(bare.ms)} (${bare.requests}), ` +
	`ratio ${(own.ms / bare.ms).toFixed(2)}${diy ? `, n8n’s own nodes ${seconds(diy.ms)} (${diy.requests}, ${diy.mostInFlight} in flight)` : ''}; ` +
	`+${Math.round(own.peakMb - idleMb)} MB, late ${own.lateMs.toFixed(0)} ms, first request after ${own.firstRequestMs} ms`;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
