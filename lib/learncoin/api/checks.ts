import { ExplainedFailure, MissingValue } from '../../http/explained';
import { isLoopback } from '../../http/hosts';
import { checkSendable } from '../../http/sendable';
import type { Checked } from '../../values/checked';
import { shorten, textOf } from '../../values/texts';
import { revokeReasonCodes, type RevokeReasonCode, type TenantPatch } from './types';

export type BatchId = Checked<string, 'batch'>;
export type CredentialId = Checked<string, 'credential'>;
export type WebhookId = Checked<string, 'webhook'>;
export type ApiKey = Checked<string, 'API key'>;
export type WebhookUrl = Checked<string, 'webhook address'>;
export type CheckedTenantPatch = Checked<TenantPatch, 'tenant patch'>;

// The documents say 26 capitals and digits after the prefix (docs/api/learncoin.md 2). The prefix alone catches the mix-ups; LearnCoin
// knows the rest.
const checkId = (value: unknown, prefix: string, what: string, hint: string): string => {
	const id = textOf(value);
	if (id === '') throw new MissingValue(`There is no ${what} ID`, hint);
	if (!new RegExp(`^${prefix}_[A-Za-z0-9]{1,100}$`).test(id)) {
		throw new ExplainedFailure(`“${shorten(id)}” is not a ${what} ID`, {
			hint: `It starts with ${prefix}_ and goes on with letters and digits. ${hint}`,
		});
	}
	return id;
};

/**
 * @param source where to find such an ID, in whole sentences
 * @throws ExplainedFailure unless it reads `bat_…`
 */
export const checkBatchId = (value: unknown, source = 'LearnCoin gives it in its answer to a new batch.') =>
	checkId(value, 'bat', 'batch', source) as BatchId;

/**
 * @param source where to find such an ID, in whole sentences
 * @throws ExplainedFailure unless it reads `crd_…`
 */
export const checkCredentialId = (value: unknown, source = 'LearnCoin gives it once the batch is anchored.') =>
	checkId(value, 'crd', 'credential', source) as CredentialId;

/**
 * @param source where to find such an ID, in whole sentences
 * @throws ExplainedFailure unless it reads `whk_…`
 */
export const checkWebhookId = (value: unknown, source = 'LearnCoin gives it when the webhook is registered.') =>
	checkId(value, 'whk', 'webhook', source) as WebhookId;

/**
 * @param inAccount where the API key is kept, as the end of a sentence
 * @throws ExplainedFailure unless it has one of the two prefixes. The documents disagree on the rest (docs/api/learncoin.md 1).
 */
export function checkApiKey(value: unknown, inAccount: string): ApiKey {
	const key = textOf(value);
	if (/^lrn_(test|live)_[\x21-\x7e]+$/.test(key)) return key as ApiKey;
	throw new ExplainedFailure(key === '' ? 'There is no API key' : 'The API key does not look like one of LearnCoin’s', {
		hint: `Enter the whole key ${inAccount}. It starts with lrn_test_ or lrn_live_; the admin console makes new ones.`,
	});
}

/** A key works in one environment alone, told by its prefix (docs/api/learncoin.md 1). */
export const environmentOf = (key: ApiKey): 'test' | 'live' => (key.startsWith('lrn_live_') ? 'live' : 'test');

/**
 * Why something is revoked: the words are shown to everybody on the verify page.
 *
 * @throws ExplainedFailure when the words are missing or the code isn't one of the documented four (docs/api/learncoin.md 3.5)
 */
export function checkRevocation(reason: unknown, reasonCode: unknown): { reason: string; reasonCode: RevokeReasonCode } {
	const words = textOf(reason);
	if (words === '') {
		throw new MissingValue(
			'There is no reason for revoking',
			'Say in a few words why; the verify page shows them to everybody, so name no person.',
		);
	}
	const code = revokeReasonCodes.find((known) => known === textOf(reasonCode));
	if (!code)
		throw new ExplainedFailure(`“${shorten(textOf(reasonCode))}” is not a reason code`, {
			hint: `LearnCoin takes ${revokeReasonCodes.join(', ')}.`,
		});
	return { reason: checkSendable(words, 'The reason'), reasonCode: code };
}

function checkWebUrl(value: string, what: string): string {
	if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
	throw new ExplainedFailure(`The ${what} “${shorten(value)}” is not a web address`, {
		hint: 'Enter a whole web address, which starts with https://.',
	});
}

/**
 * What is to be changed of a tenant.
 *
 * @throws ExplainedFailure when it is nothing, or a colour or an address isn't one
 */
export function checkTenantPatch(patch: TenantPatch): CheckedTenantPatch {
	const { display_name, awarding_body, verify_page_branding: branding } = patch;
	if (display_name === undefined && !awarding_body && !branding) {
		throw new ExplainedFailure('There is nothing to change', { hint: 'Fill at least one field; those left empty stay as they are.' });
	}
	if (awarding_body?.url !== undefined) checkWebUrl(awarding_body.url, 'awarding body’s address');
	if (awarding_body?.logo_url !== undefined) checkWebUrl(awarding_body.logo_url, 'awarding body’s logo');
	if (branding?.logo_url !== undefined) checkWebUrl(branding.logo_url, 'verify page’s logo');
	if (branding?.accent_color !== undefined && !/^#[0-9a-f]{6}$/i.test(branding.accent_color)) {
		throw new ExplainedFailure(`“${shorten(branding.accent_color)}” is not a colour that LearnCoin takes`, {
			hint: 'Write it as # and six hex digits, such as #0F766E.',
		});
	}
	return checkSendable(patch, 'The change') as CheckedTenantPatch;
}

/** Whose calls they are, and where they go. */
export interface Account {
	apiKey: ApiKey;
	apiBaseUrl: string;
}

/**
 * An address for deliveries.
 *
 * @param howToBeReached what makes this machine reachable from the internet, in whole sentences
 * @throws ExplainedFailure when it isn't a web address, or LearnCoin could not reach it: this machine's own name with a live key, or with a
 *   LearnCoin that isn't on this machine
 */
export function checkWebhookUrl(value: unknown, { apiKey, apiBaseUrl }: Account, howToBeReached: string): WebhookUrl {
	const text = textOf(value);
	if (text === '') throw new MissingValue('There is no address for the deliveries', 'Give the https address that LearnCoin is to call.');
	const url = checkWebUrl(text, 'webhook address');
	const isHere = isThisMachine(new URL(url).hostname);
	if (isHere && (environmentOf(apiKey) === 'live' || !isLoopback(new URL(apiBaseUrl).hostname))) {
		throw new ExplainedFailure(`LearnCoin cannot reach ${new URL(url).origin}: that name means this machine only`, {
			hint: howToBeReached,
		});
	}
	return url as WebhookUrl;
}

const isThisMachine = (hostname: string): boolean =>
	isLoopback(hostname) || hostname === '0.0.0.0' || hostname === '[::]' || hostname.endsWith('.localhost');

/**
 * @throws ExplainedFailure when there is none, or one is no name; unknown names pass, because the documents don't list all
 * (docs/api/learncoin.md 6.4)
 */
export function checkEvents(values: unknown): string[] {
	const names = (Array.isArray(values) ? values : []).map(textOf).filter((name) => name !== '');
	if (names.length === 0) throw new ExplainedFailure('No event is chosen', { hint: 'Choose at least one, such as batch.anchored.' });
	const odd = names.find((name) => !/^[\w.*-]{1,100}$/.test(name));
	if (odd !== undefined)
		throw new ExplainedFailure(`“${shorten(odd)}” is not the name of an event`, { hint: 'Names read like batch.anchored.' });
	return [...new Set(names)];
}
