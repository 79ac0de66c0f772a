import type { DataPoint } from '../dataPoint';

export interface CatalogIssuer {
	issuerId: string;
	name: string;
	shortName: string;
	issuerDid: string;
}

export interface CatalogSchema {
	schemaId: string;
	title: string;
	description: string;
	/** ISO 8601 UTC. */
	createdAt: string;
}

/** An issuance program as the catalog lists it. */
export interface CatalogCredential {
	credentialId: string;
	name: string;
	category: string;
	issuer: CatalogIssuer;
	schemaId: string;
	dataPoints: DataPoint[];
	holderCount: number;
	issuanceCount: number;
	createdAt: string;
}

export interface CatalogProgram {
	programId: string;
	name: string;
	description: string;
	verifier: { verifierId: string; name: string; verifierDid: string };
	accepts: Array<{ credentialId: string; conditions: string[] }>;
	verificationCount: number;
	pricingModel: string;
	createdAt: string;
}

/** What is discoverable. Live: an entry that is added is there from the next request on. */
export interface CatalogData {
	schemas: CatalogSchema[];
	credentials: CatalogCredential[];
	issuers: CatalogIssuer[];
	programs: CatalogProgram[];
}
