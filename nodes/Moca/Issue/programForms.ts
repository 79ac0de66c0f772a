import type { IExecuteFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { createSender } from '../../../lib/http/send';
import type { Run } from '../../../lib/items/run';
import { catalogUrlsOf } from '../../../lib/moca/catalog/address';
import { createCatalogClient, checkCatalogId } from '../../../lib/moca/catalog/catalog';
import { placesOfRun } from '../../../lib/moca/catalog/places';
import { readSchemaForm, type SchemaForm } from '../../../lib/moca/catalog/schemaForm';
import type { ProgramId } from '../../../lib/moca/issuing/checks';
import type { PartnerSettings } from '../../../lib/moca/partner/settings';
import { openTransport } from '../../../lib/n8n/transport';
import { hintsInN8n } from '../shared/hints';

export interface FoundForm {
	form?: SchemaForm;
	/** Why there is none, unless the catalog has the program and names no fields. */
	why?: ExplainedFailure;
}

/** Where the catalog is, as the n8n credential says. */
export type CatalogSettings = Pick<PartnerSettings, 'environment' | 'catalogBaseUrl'>;

/** The catalog is a help, and issuing must not wait for it: one attempt, and no longer than this, in ms. */
const longestWaitMs = 5_000;

/** A program's fields from the catalog, asked for once for each program in a run. Never rejects: without the catalog there is just no form. */
export function programForms(
	context: IExecuteFunctions,
	{ clock, stop, options }: Run,
): (programId: ProgramId, catalog: CatalogSettings) => Promise<FoundForm> {
	const sender = createSender({ concurrency: options.concurrency, requestsPerSecond: 0, maxRetries: 0, clock, stop });
	const send = sender.through(openTransport(context, Math.min(longestWaitMs, options.timeoutMs)));
	const asked = new Map<string, Promise<FoundForm>>();
	const silent = new Map<string, ExplainedFailure>();
	const placesFor = placesOfRun();

	const ask = async (catalogUrls: readonly string[], programId: ProgramId): Promise<FoundForm> => {
		const where = catalogUrls.join(' ');
		const why = silent.get(where);
		if (why) return { why };
		const client = createCatalogClient(send, placesFor(catalogUrls), hintsInN8n);
		const form = readSchemaForm(await client.credential(checkCatalogId(programId, 'credential')));
		return form ? { form } : {};
	};

	const noForm = (error: unknown, where: string): FoundForm => {
		if (!(error instanceof ExplainedFailure)) return {};
		// Whoever gave no answer for one program is not waited for again for the next.
		if (error.details.httpStatus === null) silent.set(where, error);
		return { why: error };
	};

	// By what a credential says, which is mostly the same object for all items.
	const urls = new WeakMap<CatalogSettings, readonly string[] | ExplainedFailure>();
	const urlsFor = (catalog: CatalogSettings): readonly string[] | ExplainedFailure => {
		const found = urls.get(catalog) ?? catalogUrlsFor(catalog);
		urls.set(catalog, found);
		return found;
	};

	return async (programId, catalog) => {
		const catalogUrls = urlsFor(catalog);
		if (catalogUrls instanceof ExplainedFailure) return { why: catalogUrls };
		const where = catalogUrls.join(' ');
		const key = `${where} ${programId}`;
		const form = asked.get(key) ?? ask(catalogUrls, programId).catch((error: unknown) => noForm(error, where));
		asked.set(key, form);
		return await form;
	};
}

function catalogUrlsFor(settings: CatalogSettings): readonly string[] | ExplainedFailure {
	try {
		return catalogUrlsOf(settings, hintsInN8n.catalogAddress);
	} catch (error) {
		// Nothing else is thrown there, and without an address there is just no form.
		return error instanceof ExplainedFailure
			? error
			: new ExplainedFailure('The catalog’s address can’t be read', { hint: 'Check the Moca credential.' });
	}
}
