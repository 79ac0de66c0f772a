import { checkBaseUrl } from '../http/baseUrl';
import { ExplainedFailure } from '../http/explained';

/**
 * The one address at which somebody found the catalog working (fact sheet 5.5, 5.6). The documents also name
 * `https://api.sandbox.mocachain.org/v1`, and none for production, so this is a setting of its own and never made from the API's address.
 */
const sandboxCatalog = 'https://credential-testnet.api.sandbox.air3.com';

/** Where to change the address, as the end of a hint. */
export const addressHint =
	'The catalog’s address is a setting of its own: choose the environment Custom, in the Moca credential or, without one, in this node, and enter the Catalog Base URL. ' +
	`Moca’s documents name ${sandboxCatalog} and https://api.sandbox.mocachain.org/v1 for the sandbox.`;

/**
 * The address that every call to the catalog starts with; ends in `/catalog`. A custom one may end in `/catalog` already, or not.
 *
 * @throws ExplainedFailure for production, for which no catalog is documented, and for a custom address that is neither https nor plain http on
 * this machine
 */
export function catalogUrlOf({ environment, catalogBaseUrl }: { environment: unknown; catalogBaseUrl?: unknown }): string {
	if (environment === 'production') {
		throw new ExplainedFailure('Moca’s documents name no catalog for production', { code: 'no_catalog', hint: addressHint });
	}
	const base =
		environment === 'sandbox' ? sandboxCatalog : checkBaseUrl(catalogBaseUrl, { name: 'custom catalog address', hint: addressHint });
	return `${base.replace(/\/catalog$/, '')}/catalog`;
}
