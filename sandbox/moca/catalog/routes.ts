import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import { mocaErrorBody, MocaRefusal } from '../errors';
import type { CatalogAccess, MocaSettings } from '../settings';
import { searchCatalog } from './relevance';
import type { CatalogCredential, CatalogData, CatalogIssuer } from './seed';

/** What the catalog's routes need of the sandbox. */
export interface CatalogContext {
	settings: MocaSettings;
	catalog: CatalogData;
}

/** Both documented paths (fact sheet 5.6), and the setting that opens or closes each. */
const mounts: Array<{ path: string; access: 'catalogUnderV1' | 'catalogAtRoot' }> = [
	{ path: '/v1/catalog', access: 'catalogUnderV1' },
	{ path: '/catalog', access: 'catalogAtRoot' },
];

type Work = (call: ApiCall, catalog: CatalogData) => unknown;

const calls: Array<{ name: string; path: string; work: Work }> = [
	{ name: 'moca.catalog.schemas', path: '/schemas', work: listSchemas },
	{ name: 'moca.catalog.schema', path: '/schemas/:id', work: schemaDetail },
	{ name: 'moca.catalog.credential', path: '/credentials/:id', work: credentialDetail },
	{ name: 'moca.catalog.programs', path: '/programs', work: listPrograms },
	{ name: 'moca.catalog.program', path: '/programs/:id', work: programDetail },
	{ name: 'moca.catalog.search', path: '/search', work: search },
];

/** The six calls of the catalog under both paths; none of them wants a token (fact sheet 5). */
export const catalogRoutes = (context: CatalogContext): ApiRoute[] =>
	mounts.flatMap((mount) =>
		calls.map(({ name, path, work }) => ({
			name,
			method: 'GET' as const,
			url: `${mount.path}${path}`,
			recipientOf: () => undefined,
			errorBody: (status: number) => mocaErrorBody(status),
			work: async (call: ApiCall) => answer(call, context.settings[mount.access], work, context),
		})),
	);

function answer(call: ApiCall, access: CatalogAccess, work: Work, { settings, catalog }: CatalogContext): ApiAnswer {
	// As a gateway says it, which is not how the catalog does (fact sheet 5.5).
	if (access === 'forbidden') return { status: 403, body: { message: 'Forbidden' } };
	if (access === 'missing') return { status: 404, body: { message: 'no Route matched with those values' } };
	try {
		return envelope(80000000, 'success', work(call, catalog));
	} catch (error) {
		if (!(error instanceof MocaRefusal)) throw error;
		const { status, message } = error;
		// Which of the two the live catalog does is unknown; both were seen (fact sheet 5.1).
		if (settings.catalogFailures === 'envelope') return envelope(80000000 + status, message, null);
		return { status, body: mocaErrorBody(status, message) };
	}
}

const envelope = (code: number, msg: string, data: unknown): ApiAnswer => ({
	status: 200,
	body: { code, msg, data, timestamp: Date.now() },
});

function listSchemas({ query }: ApiCall, catalog: CatalogData) {
	const records = catalog.schemas.map((schema) => {
		const credentials = credentialsOn(schema.schemaId, catalog);
		return {
			...schema,
			credentialCount: credentials.length,
			providerCount: new Set(credentials.map(({ issuer }) => issuer.issuerId)).size,
		};
	});
	const sortBy = { created_at: 'createdAt', credential_count: 'credentialCount', provider_count: 'providerCount', title: 'title' } as const;
	return page(sorted(records, query, sortBy), query, ({ schemaId, title, description, credentialCount, providerCount }) => ({
		schemaId,
		title,
		description,
		credentialCount,
		providerCount,
	}));
}

function schemaDetail({ params }: ApiCall, catalog: CatalogData) {
	const { schemaId, title, description } = found(catalog.schemas, ({ schemaId: id }) => id === params.id, 'Schema');
	const credentials = credentialsOn(schemaId, catalog).map((credential) => {
		const { credentialId, name, category, issuer, holderCount, issuanceCount, createdAt } = credential;
		const traction = { holderCount, issuanceCount, demandCount: programsFor(credentialId, catalog).length };
		return { credentialId, name, category, issuer: shortIssuer(issuer), traction, createdAt };
	});
	return { schemaId, title, description, credentials };
}

function credentialDetail({ params }: ApiCall, catalog: CatalogData) {
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

function listPrograms({ query }: ApiCall, { programs }: CatalogData) {
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
	return page(sorted(records, query, sortBy), query, (record) => record);
}

function programDetail({ params }: ApiCall, catalog: CatalogData) {
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

function search({ query }: ApiCall, catalog: CatalogData) {
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
		// The documents' sample is empty, so these fields are a reading (fact sheet 5.4).
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

const credentialsOn = (schemaId: string, { credentials }: CatalogData): CatalogCredential[] =>
	credentials.filter((credential) => credential.schemaId === schemaId);

const programsFor = (credentialId: string, { programs }: CatalogData) =>
	programs.filter(({ accepts }) => accepts.some((accepted) => accepted.credentialId === credentialId));

const shortIssuer = ({ issuerId, name }: CatalogIssuer) => ({ issuerId, name });

function found<Entry>(entries: Entry[], fits: (entry: Entry) => boolean, kind: string): Entry {
	const entry = entries.find(fits);
	if (!entry) throw new MocaRefusal(404, `${kind} not found`);
	return entry;
}

function sorted<Row>(
	rows: Row[],
	{ sortBy = 'created_at', sortOrder = 'DESC' }: ApiCall['query'],
	columns: Record<string, keyof Row>,
): Row[] {
	const column = columns[String(sortBy)];
	if (column === undefined) throw new MocaRefusal(400, `sortBy must be one of ${Object.keys(columns).join(', ')}`);
	if (sortOrder !== 'ASC' && sortOrder !== 'DESC') throw new MocaRefusal(400, 'sortOrder must be ASC or DESC');
	const direction = sortOrder === 'ASC' ? 1 : -1;
	return [...rows].sort((a, b) => direction * (a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0));
}

function page<Row>(rows: Row[], query: ApiCall['query'], write: (row: Row) => unknown) {
	const { number, limit } = pageBounds(query, 100);
	const records = rows.slice((number - 1) * limit, number * limit).map(write);
	return { current: number, pages: Math.ceil(rows.length / limit), size: limit, total: rows.length, records };
}

/** @throws MocaRefusal 400 beyond the documented bounds (fact sheet 5.2) */
function pageBounds(query: ApiCall['query'], largest: number): { number: number; limit: number } {
	const number = Number(query.page ?? 1);
	const limit = Number(query.limit ?? 10);
	if (!Number.isInteger(number) || number < 1) throw new MocaRefusal(400, 'page must be 1 or more');
	if (!Number.isInteger(limit) || limit < 1 || limit > largest) throw new MocaRefusal(400, `limit must be 1 to ${largest}`);
	return { number, limit };
}
