import type { ApiCall } from '../../http/apiRoute';
import type { CatalogData } from './entries';
import { found } from './lookup';
import { pageOf, sorted } from './page';

/** `GET /programs`: the verification programs. @throws MocaRefusal 400 */
export function listPrograms({ query }: ApiCall, { programs }: CatalogData) {
	const records = programs.map(({ programId, name, description, verificationCount, accepts, createdAt }) => ({
		programId,
		name,
		description,
		verificationCount,
		credentialCount: accepts.length,
		createdAt,
	}));
	const sortBy = {
		created_at: 'createdAt',
		verification_count: 'verificationCount',
		credential_count: 'credentialCount',
		name: 'name',
	} as const;
	return pageOf(sorted(records, query, sortBy), query, (record) => record);
}

/** `GET /programs/{id}`. @throws MocaRefusal 404 */
export function programDetail({ params }: ApiCall, catalog: CatalogData) {
	const program = found(catalog.programs, ({ programId: id }) => id === params.id, 'Program');
	const { programId, name, description, verifier, verificationCount, pricingModel, createdAt } = program;
	const acceptedCredentials = program.accepts.flatMap(({ credentialId, conditions: verificationConditions }) => {
		const credential = catalog.credentials.find((candidate) => candidate.credentialId === credentialId);
		if (!credential) return [];
		const { holderCount, issuanceCount, category } = credential;
		return [{ credentialId, name: credential.name, category, holderCount, issuanceCount, verificationConditions }];
	});
	return {
		programId,
		name,
		description,
		acceptedCredentials,
		verifierInfo: verifier,
		traction: { verificationCount },
		pricingModel,
		createdAt,
	};
}
