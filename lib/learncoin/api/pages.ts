import type { Page } from './types';

/** More than any tenant has; without a bound, a service that always has a next page would never let go. */
const mostPages = 10_000;

/**
 * All entries of a list, page by page, at most `limit` of them. A cursor that came before ends the list: it would only lead round in a circle.
 *
 * @param fetchPage asks for the page behind a cursor, the first one without. Rejects with what this rejects with.
 */
export async function collect<Entry>(
	fetchPage: (cursor: string | undefined, pageSize: number) => Promise<Page<Entry>>,
	limit = Infinity,
): Promise<Entry[]> {
	const entries: Entry[] = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	for (let pages = 0; pages < mostPages; pages++) {
		const page = await fetchPage(cursor, Math.min(largestPage, limit - entries.length));
		for (const entry of page.entries.slice(0, limit - entries.length)) entries.push(entry);
		cursor = page.nextCursor;
		if (cursor === undefined || seen.has(cursor) || entries.length >= limit) break;
		seen.add(cursor);
	}
	return entries;
}

/** The API's own limit (docs/api/learncoin.md 3.3). */
export const largestPage = 100;
