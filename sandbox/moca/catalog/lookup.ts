import { MocaRefusal } from '../errors';
import type { CatalogCredential, CatalogData, CatalogIssuer, CatalogProgram } from './entries';

/** The issuance programs that use a schema. */
export const credentialsOn = (schemaId: string, { credentials }: CatalogData): CatalogCredential[] =>
	credentials.filter((credential) => credential.schemaId === schemaId);

/** The verification programs that accept a credential. */
export const programsFor = (credentialId: string, { programs }: CatalogData): CatalogProgram[] =>
	programs.filter(({ accepts }) => accepts.some((accepted) => accepted.credentialId === credentialId));

/** An issuer as lists name it. */
export const shortIssuer = ({ issuerId, name }: CatalogIssuer) => ({ issuerId, name });

/** @throws MocaRefusal 404 naming the kind */
export function found<Entry>(entries: Entry[], fits: (entry: Entry) => boolean, kind: string): Entry {
	const entry = entries.find(fits);
	if (!entry) throw new MocaRefusal(404, `${kind} not found`);
	return entry;
}
