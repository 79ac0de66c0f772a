import { explainRefusal, explainUnreadable, sendExplained, successful, type CallDescription } from '../../http/explain';
import { ExplainedFailure, MissingValue } from '../../http/explained';
import { readJsonObject } from '../../http/readAnswer';
import { checkSendable } from '../../http/sendable';
import type { Answer, Send } from '../../http/types';
import type { Checked } from '../../values/checked';
import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';
import type { MocaHints } from '../hints';
import { actionOf, describeCatalogCall, flawOf, isCatalogAnswer, type Asking, type EntryKind } from './failures';
import { askAround, catalogPlaces, type CatalogPlaces } from './places';

export type CatalogId = Checked<string, 'catalog ID'>;
export type SearchQuery = Checked<string, 'catalog query'>;

export interface PageRequest {
	/** From 1. */
	page: number;
	/** Entries on one page, 1 to 100. */
	limit: number;
	sortBy?: string;
	sortOrder?: 'ASC' | 'DESC';
}

export interface CatalogPage {
	records: JsonObject[];
	/** How many entries a full page has, if the answer says so; a catalog may give fewer than asked for. */
	size?: number;
	/** How many pages of this size there are, if the answer says so. */
	pages?: number;
	/** Entries on all pages together, if the answer says so. */
	total?: number;
}

/** A kind of hit; the word is the one that Moca's answer uses. */
export type SearchGroup = 'credentials' | 'issuers' | 'programs';
export const searchGroups: readonly SearchGroup[] = ['credentials', 'issuers', 'programs'];

export interface SearchRequest {
	query: SearchQuery;
	/** From 1; each group has its own pages, all of them turned by this number. */
	page: number;
	/** Hits in each group, 1 to 50. */
	limit: number;
}

export type SearchPage = Record<SearchGroup, CatalogPage>;

/** The six calls of the catalog (docs/api/moca.md 5.3). Each throws ExplainedFailure for anything but the documented success. */
export interface CatalogClient {
	schemas(request: PageRequest): Promise<CatalogPage>;
	/** A schema and the issuance programs on it, which the catalog calls credentials. */
	schema(id: CatalogId): Promise<JsonObject>;
	/** An issuance program: what Moca Issue issues. */
	credential(id: CatalogId): Promise<JsonObject>;
	/** Verification programs. */
	programs(request: PageRequest): Promise<CatalogPage>;
	program(id: CatalogId): Promise<JsonObject>;
	search(request: SearchRequest): Promise<SearchPage>;
}

/**
 * The catalog takes no token, so `send` need not sign.
 *
 * @param where an address as `catalogUrlOf` gives it, or several to look at
 */
export function createCatalogClient(send: Send, where: string | CatalogPlaces, hints: MocaHints): CatalogClient {
	const places = typeof where === 'string' ? catalogPlaces([where]) : where;
	const read = async (path: string, asking: Omit<Asking, 'catalogUrl'>, query?: Record<string, string | number>) => {
		const describe = (catalogUrl: string) => describeCatalogCall({ ...asking, catalogUrl }, hints);
		const ask = async (catalogUrl: string) => {
			const call = { method: 'GET', url: `${catalogUrl}/${path}`, repeat: 'anything', ...(query && { query }) } as const;
			return await sendExplained(send, call, describe(catalogUrl));
		};
		const { answer, catalogUrl } = await askAround(places, {
			action: actionOf(asking),
			ask,
			isCatalog: (one) => isCatalogAnswer(one, asking.entry),
			nowhereHint: hints.catalogNowhere,
		});
		const description = describe(catalogUrl);
		return { data: readEnvelope(answer, description), unreadable: () => explainUnreadable(answer, description, flawOf(answer)) };
	};
	const list = async (path: 'schemas' | 'programs', request: PageRequest) => {
		const { data, unreadable } = await read(path, { what: `the list of ${path}` }, { ...request });
		const page = readPage(data, 'records');
		if (!page) throw unreadable();
		return page;
	};
	const detail = async (path: string, kind: EntryKind, id: CatalogId) =>
		(await read(`${path}/${encodeURIComponent(id)}`, { what: `the ${kind} “${id}”`, entry: { kind, id } })).data;

	return {
		schemas: (request) => list('schemas', request),
		programs: (request) => list('programs', request),
		schema: (id) => detail('schemas', 'schema', id),
		credential: (id) => detail('credentials', 'credential', id),
		program: (id) => detail('programs', 'program', id),
		search: async ({ query: q, page, limit }) => {
			const { data, unreadable } = await read('search', { what: `hits for “${q}”` }, { q, page, limit });
			const pageOf = (group: SearchGroup) => readPage(data[group], 'items');
			if (!searchGroups.some(pageOf)) throw unreadable();
			const empty: CatalogPage = { records: [] };
			return { credentials: pageOf('credentials') ?? empty, issuers: pageOf('issuers') ?? empty, programs: pageOf('programs') ?? empty };
		},
	};
}

/** A number or its text: the envelope's `code` of success (docs/api/moca.md 5.1). */
const successCode = 80000000;

function readEnvelope(answer: Answer, description: CallDescription): JsonObject {
	const body = readJsonObject(successful(answer, description));
	if (body?.code !== undefined && Number(body.code) !== successCode) throw explainRefusal(answer, description);
	if (!isJsonObject(body?.data)) throw explainUnreadable(answer, description, flawOf(answer));
	return body.data;
}

function readPage(data: unknown, name: 'records' | 'items'): CatalogPage | undefined {
	if (!isJsonObject(data)) return undefined;
	const records = data[name];
	if (!Array.isArray(records)) return undefined;
	const { size, pages, total } = data;
	return {
		records: records.filter(isJsonObject),
		...(typeof size === 'number' && { size }),
		...(typeof pages === 'number' && { pages }),
		...(typeof total === 'number' && { total }),
	};
}

const kindNames: Record<EntryKind, string> = { schema: 'schema', credential: 'credential', program: 'verification program' };

/** @throws ExplainedFailure when it is empty; Moca documents no grammar for it */
export function checkCatalogId(value: unknown, kind: EntryKind): CatalogId {
	const id = textOf(value);
	if (id === '') throw new ExplainedFailure(`No ${kindNames[kind]} is chosen`, { hint: 'Choose one from the list, or enter its ID.' });
	return checkSendable(id, 'The ID') as CatalogId;
}

/** @throws ExplainedFailure unless it has 1 to 200 characters (docs/api/moca.md 5.3) */
export function checkSearchQuery(value: unknown): SearchQuery {
	const query = textOf(value);
	if (query === '') throw new MissingValue('There is nothing to search for', 'Give a word or an ID.');
	if (query.length > 200) {
		throw new ExplainedFailure(`The query has ${query.length} characters; the catalog takes 200`, {
			hint: 'Search for fewer words.',
		});
	}
	return checkSendable(query, 'The query') as SearchQuery;
}
