import type { ApiCall } from '../../http/apiRoute';
import { MocaRefusal } from '../errors';
import type { CatalogData } from './entries';
import { shortIssuer } from './lookup';
import { pageBounds } from './page';
import { searchCatalog } from './relevance';

/** `GET /search`: each group has its own total and the same page of all. @throws MocaRefusal 400 */
export function search({ query }: ApiCall, catalog: CatalogData) {
	const q = typeof query.q === 'string' ? query.q.trim() : '';
	if (q === '' || q.length > 200) throw new MocaRefusal(400, 'q is required and has at most 200 characters');
	const { number, limit } = pageBounds(query, 50);
	const hits = searchCatalog(q, catalog);
	const part = <Hit>(all: Hit[], write: (hit: Hit) => unknown) => ({
		items: all.slice((number - 1) * limit, number * limit).map(write),
		total: all.length,
	});
	const groups = {
		credentials: part(hits.credentials, ({ entry: { credentialId, name, category, issuer }, relevance }) => ({
			credentialId,
			name,
			category,
			relevance,
			issuer: shortIssuer(issuer),
		})),
		// The documents' sample is empty, so these fields are a reading (docs/api/moca.md 5.4).
		issuers: part(hits.issuers, ({ entry, relevance }) => ({ ...shortIssuer(entry), relevance })),
		programs: part(hits.programs, ({ entry: { programId, name, verificationCount }, relevance }) => ({
			programId,
			name,
			verificationCount,
			relevance,
		})),
	};
	return { ...groups, meta: { query: q, totalResults: hits.credentials.length + hits.issuers.length + hits.programs.length } };
}
