import { ExplainedFailure } from '../http/explained';

export type Environment = 'sandbox' | 'production' | 'custom';

// Fact sheet 1: the addresses of the newest pages that show issue-on-behalf. Moca has moved them before, hence `custom`.
const apiBaseUrls: Record<Exclude<Environment, 'custom'>, string> = {
	sandbox: 'https://api.sandbox.mocachain.org/v1',
	production: 'https://mocachain-mainnet.api.air3.com/v1',
};

/**
 * The address that every call starts with, without a slash at its end.
 *
 * @throws ExplainedFailure for a custom address that is neither https nor plain http on this machine
 */
export function apiBaseUrlOf({ environment, apiBaseUrl }: { environment: unknown; apiBaseUrl?: unknown }): string {
	if (environment === 'sandbox' || environment === 'production') return apiBaseUrls[environment];
	return checkBaseUrl(apiBaseUrl);
}

function checkBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || url.username !== '' || url.search !== '' || url.hash !== '' || !['https:', 'http:'].includes(url.protocol)) {
		throw new ExplainedFailure(text === '' ? 'The custom API address is empty' : `“${text.slice(0, 80)}” is not a web address for the API`, {
			hint: 'In the Moca credential, enter the API Base URL, such as https://api.example.com/v1, or choose another environment.',
		});
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		throw new ExplainedFailure(`The API address ${url.origin} is not https`, {
			hint: 'Learners’ data and signed tokens travel over it: use https. Plain http is taken for this machine only (localhost).',
		});
	}
	return url.href.replace(/\/+$/, '');
}

const isLoopback = (hostname: string) => hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
