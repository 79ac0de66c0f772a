import { bad, trueShot, type Shot, type Target } from './shots';

/** Kinds that are costly to send or to receive: so many of each in a volley, at most. */
const few: Record<string, number> = {
	'15 MB, forged': 60,
	'15 MB, truly signed': 40,
	'15 MB out of 15 KB': 40,
	'100,000 levels, forged': 100,
	'100,000 levels, truly signed': 40,
};

/** A delivery that is signed when it is sent: a volley may take longer than a signature is good for. */
export interface Round {
	kind: string;
	load: () => Shot;
}

export interface Volley {
	rounds: Round[];
	/** The event of each true delivery. */
	eventIds: string[];
}

/**
 * Deliveries of which a few are true, in an order that looks like chance and is the same each time. Each true one is sent `replays` times more,
 * anywhere in the volley: the first to arrive is the one that counts.
 *
 * @param share of the number for kinds that are costly, in (0, 1]
 */
export function volleyOf(
	target: Target,
	{ count, truths, replays, share }: { count: number; truths: number; replays: number; share: number },
): Volley {
	const eventIds = Array.from({ length: truths }, (_, n) => `evt_true_${n}`);
	const rounds = eventIds.flatMap((id, n): Round[] => {
		const load = freshly(() => trueShot(target, id, n % 10 === 0));
		const replay = { kind: 'replay', load: () => ({ ...load(), kind: 'replay' }) };
		return [{ kind: 'true', load }, ...Array<Round>(replays).fill(replay)];
	});
	const aim = (kind: string, make: (typeof bad)[string], n: number) => rounds.push({ kind, load: () => ({ kind, ...make(target, n) }) });
	const kinds = Object.entries(bad);
	const costly = kinds.filter(([kind]) => kind in few);
	const cheap = kinds.filter(([kind]) => !(kind in few));
	for (const [kind, make] of costly) {
		const times = Math.max(1, Math.round((few[kind] ?? 1) * share));
		for (let n = 0; n < times; n++) aim(kind, make, n);
	}
	for (let n = 0; rounds.length < count; n++) aim(...cheap[n % cheap.length]!, n);
	return { rounds: shuffled(rounds), eventIds };
}

/** The same bytes again, as long as their signature is good for; a later one is signed anew, as LearnCoin does when it tries again. */
function freshly(make: () => Shot): () => Shot {
	const goodForMs = 200_000;
	let made: { shot: Shot; at: number } | undefined;
	return () => {
		if (!made || Date.now() - made.at > goodForMs) made = { shot: make(), at: Date.now() };
		return made.shot;
	};
}

/** Fisher and Yates, with the generator of Park and Miller. */
function shuffled<Thing>(things: Thing[]): Thing[] {
	let state = 20_260_630;
	const below = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
	for (let last = things.length - 1; last > 0; last--) {
		const other = below(last + 1);
		[things[last], things[other]] = [things[other]!, things[last]!];
	}
	return things;
}
