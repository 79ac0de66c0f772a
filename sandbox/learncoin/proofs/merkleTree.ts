import { sha256 } from './leaf';

/** A hash to put on one's left or right on the way from a leaf to the root. */
export type PathStep = { left: Buffer } | { right: Buffer };

/** A Merkle tree as Blockcerts' issuer builds it: whoever has no neighbour goes up as it is. */
export class MerkleTree {
	/** From the leaves to the root. */
	private readonly levels: Buffer[][];

	/** @param leaves hashes of 32 bytes, at least one */
	constructor(leaves: Buffer[]) {
		this.levels = [leaves];
		for (let level = leaves; level.length > 1; this.levels.push(level)) level = parentsOf(level);
	}

	root(): Buffer {
		return this.levels.at(-1)![0]!;
	}

	leaf(number: number): Buffer {
		return this.levels[0]![number]!;
	}

	/** From the leaf with this number upwards; empty where the leaf is the root. */
	pathOf(leaf: number): PathStep[] {
		return this.levels.slice(0, -1).flatMap((level, height): PathStep[] => {
			const at = leaf >> height;
			const neighbour = level[at ^ 1];
			if (!neighbour) return [];
			return [at % 2 === 0 ? { right: neighbour } : { left: neighbour }];
		});
	}
}

function parentsOf(level: Buffer[]): Buffer[] {
	const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, at) => level.slice(2 * at, 2 * at + 2));
	return pairs.map((pair) => (pair.length === 2 ? sha256(Buffer.concat(pair)) : pair[0]!));
}
