import { ExplainedFailure } from './explained';
import { isLoopback } from './hosts';

/** How the messages speak of the address. */
export interface BaseUrlMessages {
	/** As a phrase within a sentence: “custom API address”. */
	name: string;
	/** What to do, as sentences. */
	hint: string;
}

/**
 * The address that every call starts with, without a slash at its end.
 *
 * @throws ExplainedFailure for an address that is neither https nor plain http on this machine
 */
export function checkBaseUrl(value: unknown, words: BaseUrlMessages): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || url.username !== '' || url.search !== '' || url.hash !== '' || !['https:', 'http:'].includes(url.protocol)) {
		throw new ExplainedFailure(text === '' ? `The ${words.name} is empty` : `“${text.slice(0, 80)}” is not a web address for the API`, {
			hint: words.hint,
		});
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		throw new ExplainedFailure(`The API address ${url.origin} is not https`, {
			hint: 'Learners’ data and secrets travel over it: use https. Plain http is taken for this machine only (localhost).',
		});
	}
	return url.href.replace(/(?<!\/)\/+$/, '');
}
