import type { CatalogCredential, CatalogData, CatalogIssuer, CatalogProgram } from './entries';

interface Hit<Entry> {
	entry: Entry;
	/** 0 to 1. */
	relevance: number;
}

interface SearchHits {
	credentials: Array<Hit<CatalogCredential>>;
	issuers: Array<Hit<CatalogIssuer>>;
	programs: Array<Hit<CatalogProgram>>;
}

/** A text that is searched, and how much a hit in it counts, 0 to 1. */
type Searched = [text: string, weight: number];

/** What fits the words of a query, the most relevant first, in the fields that the documents name (docs/api/moca.md 5.4). */
export function searchCatalog(query: string, { credentials, issuers, programs, schemas }: CatalogData): SearchHits {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	const schemaTitles = new Map(schemas.map(({ schemaId, title }) => [schemaId, title]));
	return {
		credentials: ranked(credentials, words, ({ credentialId, name, category, schemaId }) => [
			[credentialId, 1],
			[name, 0.95],
			[schemaTitles.get(schemaId) ?? '', 0.6],
			[category, 0.5],
		]),
		issuers: ranked(issuers, words, ({ name, shortName }) => [
			[name, 0.9],
			[shortName, 0.9],
		]),
		programs: ranked(programs, words, ({ name }) => [[name, 0.85]]),
	};
}

function ranked<Entry>(entries: Entry[], words: string[], searched: (entry: Entry) => Searched[]): Array<Hit<Entry>> {
	return entries
		.map((entry) => ({ entry, relevance: relevance(words, searched(entry)) }))
		.filter((hit) => hit.relevance > 0)
		.sort((a, b) => b.relevance - a.relevance);
}

/** The share of the words that are found, each weighed by where it is found best. */
function relevance(words: string[], searched: Searched[]): number {
	const sum = words.reduce(
		(total, word) => total + Math.max(...searched.map(([text, weight]) => (text.toLowerCase().includes(word) ? weight : 0))),
		0,
	);
	return Math.round((sum / words.length) * 100) / 100;
}
