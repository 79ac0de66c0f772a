import { CallFailure } from '../../../lib/http/explain';
import { ExplainedFailure } from '../../../lib/http/explained';
import type { Send, Transport } from '../../../lib/http/types';
import { catalogUrlOf } from '../../../lib/moca/catalog/address';
import { createCatalogClient } from '../../../lib/moca/catalog/catalog';
import type { PartnerSettings } from '../../../lib/moca/partner/settings';
import { hintsInN8n } from './hints';

const correctIt = 'Correct the Catalog Base URL, or leave it empty: lists and the form of a program then stay empty; IDs and JSON work.';

/**
 * The catalog's address that somebody entered. Without one the lists say what to do, and whoever needs no lists isn't to be shown a failed test.
 *
 * @throws ExplainedFailure for one that can't be an address
 */
export const enteredCatalog = ({ environment, catalogBaseUrl }: PartnerSettings): string | undefined =>
	environment === 'custom' && catalogBaseUrl.trim() !== '' ? catalogUrlOf({ environment, catalogBaseUrl }, correctIt) : undefined;

/**
 * Whether the catalog answers there: n8n tells of a test that passed nothing but that it did, so what is wrong has to fail it.
 *
 * @throws ExplainedFailure
 */
export async function checkCatalog(catalogUrl: string, transport: Transport): Promise<void> {
	const send: Send = async (request) => ({ ...(await transport(request)), attempts: 1 });
	try {
		await createCatalogClient(send, catalogUrl, hintsInN8n).schemas({ page: 1, limit: 1 });
	} catch (error) {
		if (!(error instanceof CallFailure)) return await Promise.reject(error as Error);
		const hint = error.details.retryable ? `Test again in a few minutes. If it stays so: ${correctIt}` : correctIt;
		const failure = new ExplainedFailure(`The key is accepted, and this partner may issue, but ${error.problem}`, {
			...error.details,
			hint,
		});
		return await Promise.reject(failure);
	}
}
