import type { FunctionsBase, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { createSender } from '../../../lib/http/send';
import type { Send } from '../../../lib/http/types';
import type { Run } from '../../../lib/items/run';
import { catalogUrlsOf } from '../../../lib/moca/catalog/address';
import { createCatalogClient, type CatalogClient } from '../../../lib/moca/catalog/catalog';
import { catalogPlaces, placesOfRun, whatTheySaid, type CatalogPlaces, type NotThere } from '../../../lib/moca/catalog/places';
import { readPartnerSettings } from '../../../lib/moca/partner/settings';
import { n8nClock } from '../../../lib/n8n/clock';
import { perCredential } from '../../../lib/n8n/perCredential';
import { openTransport } from '../../../lib/n8n/transport';
import { partnerCredential } from './access';
import { hintsInN8n, ownCatalogAddress } from './hints';

interface CatalogSettings {
	environment: unknown;
	catalogBaseUrl?: unknown;
}

/** The catalog for each item: of the n8n credential if one is chosen, otherwise of the node's own parameters. */
export function catalogAccess(context: IExecuteFunctions, { sender, options }: Run): (index: number) => Promise<CatalogClient> {
	const send = sender.through(openTransport(context, options.timeoutMs));
	const placesFor = placesOfRun((...found) =>
		context.addExecutionHints({ message: foundElsewhere(...found), type: 'info', location: 'outputPane' }),
	);
	const ofForm = async (index: number): Promise<CatalogSettings> => ({
		environment: context.getNodeParameter('environment', index),
		catalogBaseUrl: context.getNodeParameter('catalogBaseUrl', index, ''),
	});
	const settingsOf = hasCredential(context) ? perCredential<CatalogSettings>(context, partnerCredential, readPartnerSettings) : ofForm;
	return async (index) => catalogAt(send, placesFor(urlsOf(await settingsOf(index))));
}

const catalogAt = (send: Send, places: CatalogPlaces) => createCatalogClient(send, places, hintsInN8n);

/** @throws ExplainedFailure when there is no address to look at */
const urlsOf = (settings: CatalogSettings): readonly string[] =>
	catalogUrlsOf(settings, settings.environment === 'custom' ? ownCatalogAddress : hintsInN8n.catalogAddress);

/** Nothing has gone wrong; but whoever sees it need not wonder about the requests that it took. */
const foundElsewhere = (catalogUrl: string, notThere: readonly NotThere[]): string =>
	`The catalog was read at ${catalogUrl}. ${whatTheySaid(notThere)} Moca’s documents name both addresses. Nothing has to be changed.`;

const hasCredential = (context: Pick<FunctionsBase, 'getNode'>) => context.getNode().credentials?.[partnerCredential] !== undefined;

/** Somebody sits before the form and waits. */
const formLimits = { concurrency: 10, requestsPerSecond: 0, maxRetries: 1 };
const formTimeoutMs = 10_000;

/** The catalog for a form that is being filled. */
export async function catalogForForm(context: ILoadOptionsFunctions): Promise<CatalogClient> {
	const send = createSender({ ...formLimits, clock: n8nClock }).through(openTransport(context, formTimeoutMs));
	const tell = (catalogUrl: string, notThere: readonly NotThere[]) => context.logger.debug(foundElsewhere(catalogUrl, notThere));
	return catalogAt(send, catalogPlaces(urlsOf(await formSettings(context)), tell));
}

async function formSettings(context: ILoadOptionsFunctions): Promise<CatalogSettings> {
	if (hasCredential(context)) return readPartnerSettings(await context.getCredentials(partnerCredential));
	const environment = context.getNodeParameter('environment', '');
	if (environment !== '') return { environment, catalogBaseUrl: context.getNodeParameter('catalogBaseUrl', '') };
	throw new ExplainedFailure('No Moca credential is chosen yet', {
		hint: 'Choose one at the top of this node: it says which environment to look in.',
	});
}
