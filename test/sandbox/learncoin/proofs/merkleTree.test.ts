import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { MerkleTree } from '../../../../sandbox/learncoin/proofs/merkleTree';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaves = (count: number) => Array.from({ length: count }, (_, at) => sha256(Buffer.from(`leaf ${at}`)));

/** Where a path leads to from a leaf. */
function reached(leaf: Buffer, tree: MerkleTree, at: number): Buffer {
	return tree.pathOf(at).reduce((hash, step) => ('left' in step ? sha256(step.left, hash) : sha256(hash, step.right)), leaf);
}

it('of one leaf is that leaf, with an empty path', () => {
	const [leaf] = leaves(1);
	const tree = new MerkleTree([leaf!]);
	expect([tree.root(), tree.leaf(0), tree.pathOf(0)]).toEqual([leaf, leaf, []]);
});

it('of two is the hash of both, the first on the left', () => {
	const [one, other] = leaves(2) as [Buffer, Buffer];
	const tree = new MerkleTree([one, other]);
	expect(tree.root()).toEqual(sha256(one, other));
	expect([tree.pathOf(0), tree.pathOf(1)]).toEqual([[{ right: other }], [{ left: one }]]);
});

it('of three lets the third go up as it is', () => {
	const [a, b, c] = leaves(3) as [Buffer, Buffer, Buffer];
	const tree = new MerkleTree([a, b, c]);
	expect(tree.root()).toEqual(sha256(sha256(a, b), c));
	expect(tree.pathOf(2)).toEqual([{ left: sha256(a, b) }]);
});

it('leads from every leaf to the root, however many there are', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
			const all = leaves(count);
			const tree = new MerkleTree(all);
			all.forEach((leaf, at) => {
				expect(reached(leaf, tree, at).equals(tree.root())).toBe(true);
				expect(tree.pathOf(at).length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
			});
		}),
		{ numRuns: 25, examples: [[1], [2], [3], [5], [500]] },
	);
});

it('leads from no other leaf to the root', () => {
	const all = leaves(5);
	const tree = new MerkleTree(all);
	expect(reached(all[1]!, tree, 0).equals(tree.root())).toBe(false);
	expect(reached(sha256(Buffer.from('else')), tree, 0).equals(tree.root())).toBe(false);
});
