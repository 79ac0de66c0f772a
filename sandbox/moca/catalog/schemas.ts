import type { ApiCall } from '../../http/apiRoute';
import type { CatalogData } from './entries';
import { credentialsOn, found, programsFor, shortIssuer } from './lookup';
import { pageOf, sorted } from './page';

/** `GET /schemas` (docs/api/moca.md 5.4). @throws MocaRefusal 400 */
export function listSchemas({ query }: ApiCall, catalog: CatalogData) {
	const records = catalog.schemas.map((schema) => {
		const credentials = credentialsOn(schema.schemaId, catalog);
		return {
			...schema,
			credentialCount: credentials.length,
			providerCount: new Set(credentials.map(({ issuer }) => issuer.issuerId)).size,
		};
	});
	const sortBy = { created_at: 'createdAt', credential_count: 'credentialCount', provider_count: 'providerCount', title: 'title' } as const;
	return pageOf(sorted(records, query, sortBy), query, ({ schemaId, title, description, credentialCount, providerCount }) => ({
		schemaId,
		title,
		description,
		credentialCount,
		providerCount,
	}));
}

/** `GET /schemas/{id}`. @throws MocaRefusal 404 */
export function schemaDetail({ params }: ApiCall, catalog: CatalogData) {
	const { schemaId, title, description } = found(catalog.schemas, ({ schemaId: id }) => id === params.id, 'Schema');
	const credentials = credentialsOn(schemaId, catalog).map((credential) => {
		const { credentialId, name, category, issuer, holderCount, issuanceCount, createdAt } = credential;
		const traction = { holderCount, issuanceCount, demandCount: programsFor(credentialId, catalog).length };
		return { credentialId, name, category, issuer: shortIssuer(issuer), traction, createdAt };
	});
	return { schemaId, title, description, credentials };
}
