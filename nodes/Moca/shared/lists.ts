import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import {
	checkCatalogId,
	checkSearchQuery,
	type CatalogClient,
	type CatalogPage,
	type SearchGroup,
} from '../../../lib/moca/catalog/catalog';
import { isJsonObject, type JsonObject } from '../../../lib/values/json';
import { textOf } from '../../../lib/values/texts';
import { listItem } from '../../form/fromOutside';
import { insteadOfList, listFailure } from '../../form/listFailure';
import { catalogForForm } from './catalogAccess';

/** Entries on one page of a list in the form. */
const pageSize = 50;
/** Schemas whose issuance programs are looked up for one page of the list: one request each. */
const schemasAtATime = 20;
/** How many pages of the catalog are read for one page of the list when they hold nothing to show. */
const mostPagesRead = 10;

type Lookup = (client: CatalogClient, filter: string, page: number) => Promise<INodeListSearchResult>;

/** What both lists of n8n's form and its pages share: the catalog, the page as a token, and words for what goes wrong. */
const listOf = (lookup: Lookup) =>
	async function (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
		try {
			return await lookup(await catalogForForm(this), filter?.trim() ?? '', Number(paginationToken ?? 1));
		} catch (error) {
			throw listFailure(this, error, insteadOfList);
		}
	};

/**
 * Issuance programs, which the catalog calls credentials. No call lists them: with a text they come from the search, without one from the
 * schemas and the credentials on each (docs/api/moca.md 5.3).
 */
export const searchIssuancePrograms = listOf(async (client, filter, page) =>
	filter ? await search(client, 'credentials', filter, page) : await issuanceProgramsBySchema(client, page),
);

/** Verification programs. */
export const searchVerificationPrograms = listOf(async (client, filter, page) => {
	if (filter) return await search(client, 'programs', filter, page);
	const answer = await client.programs({ page, limit: pageSize });
	return { results: answer.records.flatMap(toItem.programs), ...nextPage(answer, page, pageSize) };
});

/** Schemas. The search does not find them, so a text is looked for in the list. */
export const searchSchemas = listOf(async (client, filter, firstPage) => {
	const words = filter.toLowerCase();
	const fits = ({ name, value }: INodeListSearchItems) => `${name} ${String(value)}`.toLowerCase().includes(words);
	return await pagesUntilSomething(firstPage, async (page) => {
		const answer = await client.schemas({ page, limit: 100, sortBy: 'title', sortOrder: 'ASC' });
		return { results: answer.records.flatMap(schemaItem).filter(fits), ...nextPage(answer, page, 100) };
	});
});

async function search(
	client: CatalogClient,
	group: Exclude<SearchGroup, 'issuers'>,
	filter: string,
	page: number,
): Promise<INodeListSearchResult> {
	const answer = (await client.search({ query: checkSearchQuery(filter), page, limit: pageSize }))[group];
	return { results: answer.records.flatMap(toItem[group]), ...nextPage(answer, page, pageSize) };
}

async function issuanceProgramsBySchema(client: CatalogClient, firstPage: number): Promise<INodeListSearchResult> {
	return await pagesUntilSomething(firstPage, async (page) => {
		const answer = await client.schemas({ page, limit: schemasAtATime, sortBy: 'credential_count', sortOrder: 'DESC' });
		const used = answer.records.filter(({ credentialCount }) => credentialCount !== 0);
		const ids = used.map(({ schemaId }) => schemaId).filter((id) => textOf(id) !== '');
		const schemas = await Promise.all(ids.map(async (id) => await client.schema(checkCatalogId(id, 'schema'))));
		// Sorted by their number of credentials: after the first schema without any, none has one.
		const isEnd = used.length < answer.records.length;
		return { results: schemas.flatMap(credentialsOf).flatMap(toItem.credentials), ...(!isEnd && nextPage(answer, page, schemasAtATime)) };
	});
}

const credentialsOf = ({ credentials }: JsonObject): JsonObject[] => (Array.isArray(credentials) ? credentials.filter(isJsonObject) : []);

/** A page of the list that shows nothing looks like the end of it. */
async function pagesUntilSomething(
	firstPage: number,
	read: (page: number) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	let result = await read(firstPage);
	for (let pagesRead = 1; result.results.length === 0 && result.paginationToken && pagesRead < mostPagesRead; pagesRead++) {
		result = await read(Number(result.paginationToken));
	}
	return result;
}

function nextPage(
	{ records, size, pages, total }: CatalogPage,
	page: number,
	asked: number,
): Pick<INodeListSearchResult, 'paginationToken'> {
	const isLast = pages !== undefined ? page >= pages : total !== undefined ? page * asked >= total : records.length < (size ?? asked);
	return isLast || records.length === 0 ? {} : { paginationToken: String(page + 1) };
}

const toItem = {
	credentials: ({ credentialId, name, issuer }: JsonObject): INodeListSearchItems[] => {
		const by = isJsonObject(issuer) ? textOf(issuer.name) : '';
		return listItem(credentialId, by ? `${textOf(name) || textOf(credentialId)} (${by})` : textOf(name));
	},
	programs: ({ programId, name, description }: JsonObject): INodeListSearchItems[] => listItem(programId, textOf(name), description),
};

const schemaItem = ({ schemaId, title, description }: JsonObject): INodeListSearchItems[] => listItem(schemaId, textOf(title), description);
