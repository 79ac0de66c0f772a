import type { CallDescription, Cause } from '../../http/explain';
import type { Answer } from '../../http/types';
import type { LearnCoinHints } from '../hints';

/**
 * How failures of a call are told.
 *
 * @param action what is being done, as the start of a sentence: “Revoking crd_…”
 * @param retryHint what doing it again means, in whole sentences
 * @param isAlwaysThere what is asked for has no ID and can't be missing, such as the list of batches
 */
export const describeCall = (action: string, retryHint: string, hints: LearnCoinHints, isAlwaysThere = false): CallDescription => ({
	service: 'LearnCoin',
	action,
	retryHint,
	addressHint: hints.address,
	slowDownHint: hints.slowDownHint,
	causeOf: (answer, { code }) => causesByCode(hints).get(code ?? '') ?? causeByStatus(answer, hints, isAlwaysThere),
});

const inConsole = 'LearnCoin’s admin console';

/** The documented codes (docs/api/learncoin.md 4). */
const causesByCode = ({ inAccount, batchSize }: LearnCoinHints): Map<string, Cause> =>
	new Map(
		Object.entries({
			api_key_missing: { problem: 'LearnCoin got no API key', hint: `Enter the API key ${inAccount}.` },
			api_key_invalid: {
				problem: 'LearnCoin does not know the API key',
				hint: `Copy the whole key, from lrn_test_ or lrn_live_ on, out of ${inConsole}, and enter it ${inAccount}.`,
			},
			api_key_revoked: { problem: 'the API key was revoked', hint: `Make a new key in ${inConsole} and enter it ${inAccount}.` },
			ip_not_allowed: {
				problem: 'the API key may not be used from this machine’s address',
				hint: `Add this machine’s address to the key’s allow-list in ${inConsole}.`,
			},
			environment_mismatch: { problem: 'a test key cannot do this', hint: `Use a live key (lrn_live_…) ${inAccount}.` },
			tier_required: { problem: 'the tenant’s plan does not include this', hint: 'Take a higher plan at LearnCoin, or leave this out.' },
			credential_not_owned: {
				problem: 'the credential belongs to another tenant',
				hint: 'Use the API key of the tenant that issued it.',
			},
			invalid_json: {
				problem: 'LearnCoin could not read the request',
				hint: 'Something between this machine and LearnCoin may have changed it, such as a proxy.',
			},
			missing_required_field: { problem: 'a required field is missing', hint: 'LearnCoin’s own words name the field. Fill it.' },
			invalid_field_format: {
				problem: 'a field is not in the form that LearnCoin takes',
				hint: 'LearnCoin’s own words name the field and the form. Correct it.',
			},
			recipient_id_invalid: {
				problem: 'LearnCoin did not take a recipient ID',
				hint: 'Recipient IDs are urn:uuid: and a UUID of version 4: its third group starts with 4, its fourth with 8, 9, a or b.',
			},
			achievement_too_large: {
				problem: 'an achievement is over 64 KB',
				hint: 'Shorten its description and criteria, or link to the long text.',
			},
			batch_too_large: { problem: 'the batch has too many credentials', hint: `LearnCoin takes up to 500. ${batchSize}` },
			alignment_framework_unknown: {
				problem: 'LearnCoin does not know an alignment framework',
				hint: 'It takes ESCO, O*NET, ISCED-F and CUSTOM.',
			},
			credential_not_found: {
				problem: 'LearnCoin knows no such credential',
				hint: 'Check that the ID (crd_…) is whole, and that the API key is of the tenant and the environment, test or live, that issued it.',
			},
			idempotency_key_reused: {
				problem: 'this idempotency key was used within the last 24 hours for something else',
				hint: 'Nothing was done this time. Use another Idempotency Key for another list of credentials, or send exactly the same again to get the first answer.',
			},
		}),
	);

/** What a status means at LearnCoin where no code says more; several are likely readings, because not all errors are documented. */
function causeByStatus({ status }: Answer, { inAccount, usage, address }: LearnCoinHints, isAlwaysThere: boolean): Cause | undefined {
	switch (status) {
		case 400:
		case 422:
			return { problem: 'LearnCoin refused the data', hint: 'LearnCoin’s own words say why. Correct it.' };
		case 401:
			return { problem: 'LearnCoin did not accept the API key', hint: `Check the API key ${inAccount}; its test tells more.` };
		case 402:
			return { problem: 'the tenant’s plan or monthly limit is used up', hint: usage };
		case 403:
			return { problem: 'the API key may not do this', hint: 'Check the key’s tenant, its plan, and whether a live key is needed.' };
		case 404:
			if (isAlwaysThere) return { problem: 'there is no LearnCoin API at this address', hint: address };
			return {
				problem: 'LearnCoin knows no such thing',
				hint: 'Check that the ID is whole, and that the API key is of the same tenant and environment, test or live.',
			};
		case 409:
			return { problem: 'it does not fit the present state', hint: 'LearnCoin’s own words say why; it may have been done already.' };
		default:
			return undefined;
	}
}
