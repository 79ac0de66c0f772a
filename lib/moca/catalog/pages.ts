import type { JsonObject } from '../../values/json';
import { searchGroups, type CatalogClient, type CatalogPage, type PageRequest, type SearchGroup, type SearchQuery } from './catalog';

/** The largest pages that the catalog gives (docs/api/moca.md 5.2, 5.3). */
const largestPage = 100;
const largestGroupPage = 50;
/** A catalog whose answers never say that they end still ends here. */
const mostPages = 1_000;

export interface ListRequest {
	/** At most this many entries; without it, all. */
	limit?: number;
	sortBy?: string;
	sortOrder?: 'ASC' | 'DESC';
}

const idNames = { schemas: 'schemaId', programs: 'programId' } as const;

/** Entries of a list in the catalog's order, each once, in pages of 100. Throws what the client throws. */
export async function listEntries(
	client: CatalogClient,
	which: 'schemas' | 'programs',
	{ limit = Infinity, ...sorting }: ListRequest,
): Promise<JsonObject[]> {
	const pageSize = Math.min(largestPage, limit);
	const ask = (page: number) => {
		const request: PageRequest = { page, limit: pageSize, ...sorting };
		return which === 'schemas' ? client.schemas(request) : client.programs(request);
	};
	const entries = new Entries(idNames[which]);
	for (let page = 1; page <= mostPages && entries.count < limit; page++) {
		const answer = await ask(page);
		const added = entries.add(answer.records);
		if (isLastPage(answer, page, pageSize, entries.count) || added === 0) break;
	}
	return entries.all().slice(0, limit);
}

/** One hit of a search, with the group it is of. */
export interface SearchHit {
	group: SearchGroup;
	fields: JsonObject;
}

/**
 * Hits in the given groups, the most relevant first, each once. Groups are paged independently, by one page number for all
 * (docs/api/moca.md 5.4), so pages are turned until every wanted group is through.
 *
 * @param limit at most this many hits altogether; without it, all
 */
export async function searchEntries(
	client: CatalogClient,
	query: SearchQuery,
	groups: readonly SearchGroup[],
	limit = Infinity,
): Promise<SearchHit[]> {
	const pageSize = Math.min(largestGroupPage, limit);
	const found = new Map(searchGroups.map((group) => [group, new Entries(hitIdNames[group])]));
	const open = new Set(groups);
	for (let page = 1; page <= mostPages && open.size > 0; page++) {
		const answer = await client.search({ query, page, limit: pageSize });
		for (const group of [...open]) {
			const entries = found.get(group)!;
			const added = entries.add(answer[group].records);
			// More of one group than wanted altogether can't be among the most relevant.
			if (added === 0 || entries.count >= limit || isLastPage(answer[group], page, pageSize, entries.count)) open.delete(group);
		}
	}
	const hits = groups.flatMap((group) =>
		found
			.get(group)!
			.all()
			.map((fields) => ({ group, fields })),
	);
	return hits.sort((a, b) => relevanceOf(b) - relevanceOf(a)).slice(0, limit);
}

const hitIdNames: Record<SearchGroup, string> = { credentials: 'credentialId', issuers: 'issuerId', programs: 'programId' };

const relevanceOf = ({ fields }: SearchHit): number => (typeof fields.relevance === 'number' ? fields.relevance : 0);

/** What the answer says of its end is optional in the documents: a page that is not full is the last one, too. */
function isLastPage({ records, size, pages, total }: CatalogPage, page: number, pageSize: number, soFar: number): boolean {
	if (pages !== undefined) return page >= pages;
	if (total !== undefined && soFar >= total) return true;
	return records.length < (size ?? pageSize);
}

/** Entries by ID: one that moved to the next page while pages were turned comes twice, and is kept once. */
class Entries {
	private readonly byId = new Map<string, JsonObject>();

	constructor(private readonly idName: string) {}

	/** @returns how many of them are new */
	add(records: JsonObject[]): number {
		const before = this.byId.size;
		for (const record of records) {
			const id = record[this.idName];
			const key = typeof id === 'string' ? id : JSON.stringify(record);
			if (!this.byId.has(key)) this.byId.set(key, record);
		}
		return this.byId.size - before;
	}

	get count(): number {
		return this.byId.size;
	}

	all(): JsonObject[] {
		return [...this.byId.values()];
	}
}
