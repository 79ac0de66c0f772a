import { checkBaseUrl } from '../../http/baseUrl';
import { ExplainedFailure } from '../../http/explained';

/**
 * Both addresses that the documents name for the sandbox's catalog; first the one at which somebody found it working (docs/api/moca.md 5.5 and
 * 5.6). They name none for production. So these are addresses of their own, never made from the API's.
 */
const sandboxCatalogs = ['https://credential-testnet.api.sandbox.air3.com', 'https://api.sandbox.mocachain.org/v1'];

/** What is known of the catalog's addresses, as a sentence. */
export const documentedCatalogs = `Moca’s documents name ${sandboxCatalogs.join(' and ')} for the sandbox.`;

/**
 * The addresses that calls to the catalog may start with, the likeliest first; each ends in `/catalog`. A custom one, which is then the only
 * one, may end in `/catalog` already, or not.
 *
 * @param hint where the address is set, in whole sentences
 * @throws ExplainedFailure for production, for which no catalog is documented, and for a custom address that is neither https nor plain http on
 * this machine
 */
export function catalogUrlsOf(
	{ environment, catalogBaseUrl }: { environment: unknown; catalogBaseUrl?: unknown },
	hint: string,
): readonly string[] {
	if (environment === 'production') {
		throw new ExplainedFailure('Moca’s documents name no catalog for production', { code: 'no_catalog', hint });
	}
	const bases = environment === 'sandbox' ? sandboxCatalogs : [checkBaseUrl(catalogBaseUrl, { name: 'custom catalog address', hint })];
	return bases.map((base) => `${base.replace(/\/catalog$/, '')}/catalog`);
}

/** The likeliest of them, for whoever asks at one address alone; throws as {@link catalogUrlsOf} does. */
export const catalogUrlOf = (settings: { environment: unknown; catalogBaseUrl?: unknown }, hint: string): string =>
	catalogUrlsOf(settings, hint)[0]!;
