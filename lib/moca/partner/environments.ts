import { checkBaseUrl } from '../../http/baseUrl';

export type Environment = 'sandbox' | 'production' | 'custom';

// docs/api/moca.md 1: the addresses of the newest pages that show issue-on-behalf. Moca has moved them before, hence `custom`.
const apiBaseUrls: Record<Exclude<Environment, 'custom'>, string> = {
	sandbox: 'https://api.sandbox.mocachain.org/v1',
	production: 'https://mocachain-mainnet.api.air3.com/v1',
};

/**
 * The address that every call starts with, without a slash at its end.
 *
 * @param hint where the address is set, in whole sentences
 * @throws ExplainedFailure for a custom address that is neither https nor plain http on this machine
 */
export function apiBaseUrlOf({ environment, apiBaseUrl }: { environment: unknown; apiBaseUrl?: unknown }, hint: string): string {
	if (environment === 'sandbox' || environment === 'production') return apiBaseUrls[environment];
	return checkBaseUrl(apiBaseUrl, { name: 'custom API address', hint });
}
