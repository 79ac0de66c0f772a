import type { ApiCall } from '../../http/apiRoute';
import type { CatalogData } from './entries';
import { found, programsFor, shortIssuer } from './lookup';

/** `GET /credentials/{id}`: an issuance program with its fields (docs/api/moca.md 5.4). @throws MocaRefusal 404 */
export function credentialDetail({ params }: ApiCall, catalog: CatalogData) {
	const credential = found(catalog.credentials, ({ credentialId: id }) => id === params.id, 'Credential');
	const { credentialId, name, category, issuer, schemaId, dataPoints, holderCount, issuanceCount, createdAt } = credential;
	const programs = programsFor(credentialId, catalog);
	const { title, description } = catalog.schemas.find((schema) => schema.schemaId === schemaId)!;
	const verificationCount = programs.reduce((sum, program) => sum + program.verificationCount, 0);
	return {
		credentialId,
		name,
		category,
		issuer: { ...shortIssuer(issuer), issuerDid: issuer.issuerDid, issuerFrom: 'dashboard' },
		dataPoints,
		schema: { schemaId, title, description },
		traction: { holderCount, issuanceCount, verificationCount },
		programs: programs.map((program) => ({
			programId: program.programId,
			name: program.name,
			verifierName: program.verifier.name,
			verificationCount: program.verificationCount,
		})),
		createdAt,
	};
}
