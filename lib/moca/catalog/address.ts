import { checkBaseUrl } from '../../http/baseUrl';
import { ExplainedFailure } from '../../http/explained';

/**
 * The one address at which somebody found the catalog working (docs/api/moca.md 5.5, 5.6). The documents also name
 * `https://api.sandbox.mocachain.org/v1`, and none for production, so this is a setting of its own and never made from the API's address.
 */
const sandboxCatalog = 'https://credential-testnet.api.sandbox.air3.com';

/** What is known of the catalog's addresses, as a sentence. */
export const documentedCatalogs = `Moca’s documents name ${sandboxCatalog} and https://api.sandbox.mocachain.org/v1 for the sandbox.`;

/**
 * The address that every call to the catalog starts with; ends in `/catalog`. A custom one may end in `/catalog` already, or not.
 *
 * @param hint where the address is set, in whole sentences
 * @throws ExplainedFailure for production, for which no catalog is documented, and for a custom address that is neither https nor plain http on
 * this machine
 */
export function catalogUrlOf({ environment, catalogBaseUrl }: { environment: unknown; catalogBaseUrl?: unknown }, hint: string): string {
	if (environment === 'production') {
		throw new ExplainedFailure('Moca’s documents name no catalog for production', { code: 'no_catalog', hint });
	}
	const base = environment === 'sandbox' ? sandboxCatalog : checkBaseUrl(catalogBaseUrl, { name: 'custom catalog address', hint });
	return `${base.replace(/\/catalog$/, '')}/catalog`;
}
