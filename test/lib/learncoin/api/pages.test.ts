import { collect } from '../../../../lib/learncoin/api/pages';
import type { Page } from '../../../../lib/learncoin/api/types';

/** A list of pages by cursor; the first has none. */
const listOf = (pages: Record<string, Page<number>>) => {
	const asked: Array<[string | undefined, number]> = [];
	const fetchPage = async (cursor: string | undefined, size: number): Promise<Page<number>> => {
		asked.push([cursor, size]);
		return pages[cursor ?? '']!;
	};
	return { fetchPage, asked };
};

it('goes on until there is no next cursor', async () => {
	const { fetchPage, asked } = listOf({
		'': { entries: [1, 2], nextCursor: 'b' },
		b: { entries: [], nextCursor: 'c' },
		c: { entries: [3] },
	});
	expect(await collect(fetchPage)).toEqual([1, 2, 3]);
	expect(asked).toEqual([
		[undefined, 100],
		['b', 100],
		['c', 100],
	]);
});

it('stops at a cursor that came before', async () => {
	const { fetchPage } = listOf({
		'': { entries: [1], nextCursor: 'b' },
		b: { entries: [2], nextCursor: 'c' },
		c: { entries: [3], nextCursor: 'b' },
	});
	expect(await collect(fetchPage)).toEqual([1, 2, 3]);
});

it('asks for no more than the limit, and gives no more when a page has more', async () => {
	const { fetchPage, asked } = listOf({ '': { entries: [1, 2], nextCursor: 'b' }, b: { entries: [3, 4, 5], nextCursor: 'c' } });
	expect(await collect(fetchPage, 3)).toEqual([1, 2, 3]);
	expect(asked).toEqual([
		[undefined, 3],
		['b', 1],
	]);
});

it('ends, though the list has no end', async () => {
	let page = 0;
	const entries = await collect(async () => ({ entries: [], nextCursor: String(page++) }));
	expect([entries, page]).toEqual([[], 10_000]);
});
