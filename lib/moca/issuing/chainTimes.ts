import { longestIntervalMs } from '../../http/poll';

/** One look at a credential that nobody had looked at before: how old it was, in ms, and whether it was on-chain. */
interface Look {
	ageMs: number;
	isConfirmed: boolean;
}

/** What the looks of a run tell of how long the chain takes. */
export interface ChainTimes {
	/** A first look has begun; until it is answered, nobody needs to look at the same age. */
	began(ageMs: number): void;
	answered(beganAtMs: number, look: Look, isFirst: boolean): void;
	/** The answer is missing. */
	gaveUp(beganAtMs: number): void;
	/** The age, in ms, from which a credential is worth its first look. Nobody knows anything yet: one of them finds out, the oldest. */
	worthALookMs(): number;
	/** The age at which doubling looks next after a look at this age. */
	nextOfDoublingMs(ageMs: number): number;
	/** Whether first looks are in flight as many as what is known justifies. */
	isEnoughInFlight(): boolean;
}

interface Estimate {
	/** From this age on a look is likely to find it; `Infinity` where nobody knows. */
	likelyMs: number;
	/** The greatest age below at which it isn't. */
	unlikelyMs: number;
	/** Some are found there already. */
	isNear: boolean;
	/** How many were found about there: what rests on few is not believed by many. */
	confirmedThere: number;
}

/** The share of first looks that are to find the credential on-chain. */
const wantedShare = 0.8;
/** What was seen longest ago says least: the chain's load changes. */
const mostLooks = 200;
/** Where nothing is known, the next to find out looks at an age greater by this. */
const step = 1.25;
const smallStep = 1.1;
/** As long as all goes well, each next looks a little earlier: only so it is found out that the chain got faster. */
const earlier = 0.98;

/**
 * @param firstMs the age at which doubling looks first, after which it does at 3, 7, 15 … times that age; what is found out is never coarser
 */
export function createChainTimes(firstMs: number): ChainTimes {
	const looks: Look[] = [];
	const inFlight = new Map<number, number>();
	let countInFlight = 0;
	let confirmed = 0;
	let known: Estimate | undefined;

	function estimate(): Estimate {
		const blocks = risingShares(looks);
		const likely = blocks.find(({ share }) => share >= wantedShare);
		const before = likely ? blocks[blocks.indexOf(likely) - 1] : blocks.at(-1);
		const likelyMs = likely?.fromMs ?? Infinity;
		const confirmedThere = looks.filter(({ ageMs, isConfirmed }) => isConfirmed && ageMs <= likelyMs * step).length;
		return { likelyMs, unlikelyMs: before?.toMs ?? 0, isNear: (before?.share ?? 0) > 0.25, confirmedThere };
	}

	const forget = (beganAtMs: number) => {
		countInFlight--;
		const left = (inFlight.get(beganAtMs) ?? 1) - 1;
		if (left > 0) inFlight.set(beganAtMs, left);
		else inFlight.delete(beganAtMs);
	};

	return {
		began(ageMs) {
			countInFlight++;
			inFlight.set(ageMs, (inFlight.get(ageMs) ?? 0) + 1);
		},
		gaveUp: forget,
		answered(beganAtMs, look, isFirst) {
			forget(beganAtMs);
			// Those that were looked at in vain are the slow ones; only while nothing is known they tell something of the others.
			if (!isFirst && confirmed > 0) return;
			looks.push(look);
			if (looks.length > mostLooks) looks.shift();
			if (look.isConfirmed) confirmed++;
			known = undefined;
		},
		worthALookMs() {
			const { likelyMs, unlikelyMs, isNear } = (known ??= estimate());
			// Those on their way will have told by then.
			const asked = [...inFlight.keys()].filter((ageMs) => ageMs < likelyMs * earlier);
			const doneMs = Math.max(unlikelyMs, ...asked);
			const next = doneMs === 0 ? firstMs : Math.min(doneMs * (isNear ? smallStep : step), nextOfDoubling(doneMs, firstMs));
			return Math.max(firstMs, Math.min(next, Math.max(likelyMs * earlier, unlikelyMs)));
		},
		isEnoughInFlight: () => countInFlight >= 4 * (1 + (known ??= estimate()).confirmedThere),
		nextOfDoublingMs: (ageMs) => nextOfDoubling(ageMs, firstMs),
	};
}

/** The first age at which doubling from the first one looks after this one. */
function nextOfDoubling(ageMs: number, firstMs: number): number {
	let at = firstMs;
	for (let interval = firstMs * 2; at <= ageMs; interval *= 2) at += Math.min(longestIntervalMs, interval);
	return at;
}

interface Block {
	fromMs: number;
	toMs: number;
	/** Of the looks at these ages, how many found it. */
	share: number;
	count: number;
}

/** Ages that differ by less than this factor count as one: a single look that went well says little. */
const alike = 1.05;

/** The share found by age; who is older isn't found more rarely, so neighbours that say so by chance are put together. */
function risingShares(looks: readonly Look[]): Block[] {
	const byAge = new Map<number, Block>();
	for (const { ageMs, isConfirmed } of looks) {
		const age = Math.round(Math.log(ageMs) / Math.log(alike));
		const one = { fromMs: ageMs, toMs: ageMs, share: isConfirmed ? 1 : 0, count: 1 };
		const others = byAge.get(age);
		byAge.set(age, others ? together(others, one) : one);
	}
	const blocks: Block[] = [];
	for (const [, next] of [...byAge].sort(([one], [other]) => one - other)) {
		let block = next;
		for (let last = blocks.at(-1); last && last.share >= block.share; last = blocks.at(-1)) {
			blocks.pop();
			block = together(last, block);
		}
		blocks.push(block);
	}
	return blocks;
}

function together(one: Block, other: Block): Block {
	const count = one.count + other.count;
	return {
		fromMs: Math.min(one.fromMs, other.fromMs),
		toMs: Math.max(one.toMs, other.toMs),
		share: (one.share * one.count + other.share * other.count) / count,
		count,
	};
}
