import { readBadgeFile } from '../../../lib/proof/document/badgeFile';
import type { Work } from '../../../lib/proof/breather';
import { expand } from '../../../lib/proof/rdf/expand';
import { hashOf } from '../../../lib/proof/rdf/hash';
import { createVerifier } from '../../../lib/proof/verify';
import { alone } from '../../support/proof/alone';
import { hostileBadges, provenByItself } from '../../support/proof/hostileBadges';
import { bareBadge } from '../../support/proof/synthetic';
import { byOne, testClock } from '../../support/proof/world';

/**
 * What one document does to others in the same n8n. How long nobody else has their turn is a matter of the machine, and `npm run bench -- holds`
 * measures it; here is what it depends on: that the work is cut into pieces where there is more of it, and that each piece is bounded.
 */
const counting = (): Work & { pieces: number } => {
	const work = { ...alone, pieces: 0, piece: async () => void work.pieces++ };
	return work;
};

const items = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

describe('others may have their turn', () => {
	it.each([
		['part of a document', 1, (count: number) => ({ 'urn:x': items(count, (at) => ({ '@id': `urn:x:${at}` })) })],
		['value', 1, (count: number) => ({ 'urn:x': items(count, (at) => at) })],
		['part of a document, and its context', 2, (count: number) => ({ 'urn:x': items(count, () => ({ '@context': {} })) })],
		['context that a type brings along', 1, (count: number) => ({ type: items(count, () => 'Achievement') })],
	])('before each %s', async (_, each, make) => {
		const pieces = await Promise.all(
			[100, 200].map(async (count) => {
				const work = counting();
				await expand({ '@context': bareBadge()['@context'], ...make(count) }, work);
				return work.pieces;
			}),
		);
		expect(pieces[1]! - pieces[0]!).toBeGreaterThanOrEqual(100 * each);
	});

	it('before each hash of a node without a name', async () => {
		const pieces = await Promise.all(
			[100, 200].map(async (count) => {
				const work = counting();
				await hashOf(await expand({ 'urn:x': items(count, (at) => ({ 'urn:name': at })) }, alone), work);
				return work.pieces;
			}),
		);
		expect(pieces[1]! - pieces[0]!).toBeGreaterThanOrEqual(100);
	});

	it('while a long file is read, before it is parsed, and before a long text is hashed', async () => {
		const work = counting();
		expect((await readBadgeFile(Buffer.from(JSON.stringify({ image: `data:,${'x'.repeat(5_000_000)}` })), work)).ok).toBe(true);
		// 11 to decode it, 26 to count what is in it, and before and after it is parsed.
		expect(work.pieces).toBeGreaterThanOrEqual(11 + 26 + 2);
		const hashing = counting();
		await hashOf(await expand({ '@id': 'urn:x', 'urn:y': 'x' }, alone), hashing);
		expect(hashing.pieces).toBeGreaterThanOrEqual(3);
	});
});

const verify = createVerifier({
	...byOne(async () => await Promise.reject(new Error('Nobody is asked'))),
	clock: testClock,
	mayBeLocal: false,
	required: ['hash', 'coverage'],
});

it.each(hostileBadges())('%s: a verdict, and none that is thrown', async (_, content) => {
	const bytes = await provenByItself(content);
	const { outcome, steps } = await verify(async (work) => await readBadgeFile(bytes, work));
	expect(['unverifiable', 'genuine', 'altered']).toContain(outcome);
	expect(steps).toHaveLength(8);
});
