import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import { mocaErrorBody, MocaRefusal } from '../errors';
import type { CatalogAccess, MocaSettings } from '../settings';
import { credentialDetail } from './credentials';
import type { CatalogData } from './entries';
import { listPrograms, programDetail } from './programs';
import { listSchemas, schemaDetail } from './schemas';
import { search } from './search';

interface CatalogContext {
	settings: MocaSettings;
	catalog: CatalogData;
}

/** Both documented paths (docs/api/moca.md 5.6), and the setting that opens or closes each. */
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

/** The six calls of the catalog under both paths; none of them wants a token (docs/api/moca.md 5). */
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
	if (access !== 'open') return closed[access];
	try {
		return envelope(80000000, 'success', work(call, catalog));
	} catch (error) {
		if (!(error instanceof MocaRefusal)) throw error;
		const { status, message } = error;
		// Which of the two the live catalog does is unknown; both were seen (docs/api/moca.md 5.1).
		if (settings.catalogFailures === 'envelope') return envelope(80000000 + status, message, null);
		return { status, body: mocaErrorBody(status, message) };
	}
}

/** As a gateway says it, which is not how the catalog does (docs/api/moca.md 5.5). */
const closed: Record<Exclude<CatalogAccess, 'open'>, ApiAnswer> = {
	unauthorized: { status: 401, body: { message: 'Unauthorized' } },
	forbidden: { status: 403, body: { message: 'Forbidden' } },
	missing: { status: 404, body: { message: 'no Route matched with those values' } },
	moved: { status: 308, headers: { location: '/elsewhere' }, body: { message: 'Moved' } },
};

const envelope = (code: number, msg: string, data: unknown): ApiAnswer => ({
	status: 200,
	body: { code, msg, data, timestamp: Date.now() },
});
