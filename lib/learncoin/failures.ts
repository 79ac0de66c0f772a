import { ExplainedFailure, type Explanation } from '../http/explained';
import { isJsonObject, readJsonObject, readRequestId, readServiceMessage } from '../http/readAnswer';
import { isTransient } from '../http/retry';
import type { Answer, ConnectionFailure } from '../http/types';

/** What was being done, and what to know before doing it again. */
export interface Doing {
	/** As the start of a sentence: “Revoking crd_…”. */
	what: string;
	/** What running it again does, as a sentence. */
	again: string;
}

/** A call that did not work. What happened is kept apart from whom it concerned, because a batch concerns many. */
export class LearnCoinFailure extends ExplainedFailure {
	override name = 'LearnCoinFailure';

	constructor(
		doing: string,
		readonly happened: string,
		details: Partial<Explanation> & Pick<Explanation, 'hint'>,
	) {
		super(`${doing} did not work: ${happened}`, details);
	}

	/** The same, told of something else that was being done with the same call. */
	of(doing: string): LearnCoinFailure {
		return new LearnCoinFailure(doing, this.happened, this.details);
	}
}

interface Cause {
	happened: string;
	hint: string;
}

const inConsole = 'LearnCoin’s admin console';

/** The documented codes (fact sheet 4). */
const causes: Record<string, Cause> = {
	api_key_missing: { happened: 'LearnCoin got no API key', hint: 'Enter the API key in the LearnCoin credential.' },
	api_key_invalid: {
		happened: 'LearnCoin does not know the API key',
		hint: `Copy the whole key, from lrn_test_ or lrn_live_ on, out of ${inConsole} into the LearnCoin credential.`,
	},
	api_key_revoked: {
		happened: 'the API key was revoked',
		hint: `Make a new key in ${inConsole} and enter it in the LearnCoin credential.`,
	},
	ip_not_allowed: {
		happened: 'the API key may not be used from this machine’s address',
		hint: `Add the address of this n8n to the key’s allow-list in ${inConsole}.`,
	},
	environment_mismatch: { happened: 'a test key cannot do this', hint: 'Use a live key (lrn_live_…) in the LearnCoin credential.' },
	tier_required: { happened: 'the tenant’s plan does not include this', hint: 'Take a higher plan at LearnCoin, or leave this out.' },
	credential_not_owned: { happened: 'the credential belongs to another tenant', hint: 'Use the API key of the tenant that issued it.' },
	invalid_json: {
		happened: 'LearnCoin could not read the request',
		hint: 'Something between n8n and LearnCoin may have changed it, such as a proxy.',
	},
	missing_required_field: { happened: 'a required field is missing', hint: 'LearnCoin’s own words name the field. Fill it.' },
	invalid_field_format: {
		happened: 'a field is not in the form that LearnCoin takes',
		hint: 'LearnCoin’s own words name the field and the form. Correct it.',
	},
	recipient_id_invalid: {
		happened: 'LearnCoin did not take a recipient ID',
		hint: 'Recipient IDs are urn:uuid: and a UUID of version 4: its third group starts with 4, its fourth with 8, 9, a or b.',
	},
	achievement_too_large: {
		happened: 'an achievement is over 64 KB',
		hint: 'Shorten its description and criteria, or link to the long text.',
	},
	batch_too_large: { happened: 'the batch has too many credentials', hint: 'Lower Batch Size in the node; LearnCoin takes up to 500.' },
	alignment_framework_unknown: {
		happened: 'LearnCoin does not know an alignment framework',
		hint: 'It takes ESCO, O*NET, ISCED-F and CUSTOM.',
	},
	credential_not_found: {
		happened: 'LearnCoin knows no such credential',
		hint: 'Check that the ID (crd_…) is whole, and that the API key is of the tenant and the environment, test or live, that issued it.',
	},
	idempotency_key_reused: {
		happened: 'this idempotency key was used within the last 24 hours for something else',
		hint: 'Nothing was done this time. Use another Idempotency Key for another list of credentials, or send exactly the same again to get the first answer.',
	},
};

/** Why an answer other than success came, in words for the person who can do something about it. */
export function explainRefusal(answer: Answer, doing: Doing): LearnCoinFailure {
	const { message, code } = readServiceMessage(answer);
	const cause = (code !== undefined && Object.hasOwn(causes, code) ? causes[code] : undefined) ?? causeOfStatus(answer, doing);
	const said = message ? ` LearnCoin says: ${withoutKeys(message)}` : '';
	return new LearnCoinFailure(doing.what, `${cause.happened}.${said}`, {
		httpStatus: answer.status,
		code: code ?? null,
		requestId: requestIdOf(answer),
		attempts: answer.attempts,
		retryable: isTransient(answer),
		hint: cause.hint,
	});
}

function causeOfStatus({ status, attempts }: Answer, { again }: Doing): Cause {
	const tries = attempts === 1 ? 'once' : `${attempts} times`;
	if (status === 400 || status === 422)
		return { happened: 'LearnCoin refused the data', hint: 'LearnCoin’s own words say why. Correct it.' };
	if (status === 401)
		return {
			happened: 'LearnCoin did not accept the API key',
			hint: 'Check the API key in the LearnCoin credential; its test tells more.',
		};
	if (status === 402)
		return {
			happened: 'the tenant’s plan or monthly limit is used up',
			hint: 'See LearnCoin Tenant, Get: it tells how many credentials of this month are left.',
		};
	if (status === 403)
		return { happened: 'the API key may not do this', hint: 'Check the key’s tenant, its plan, and whether a live key is needed.' };
	if (status === 404)
		return {
			happened: 'LearnCoin knows no such thing',
			hint: 'Check that the ID is whole, and that the API key is of the same tenant and environment, test or live.',
		};
	if (status === 409)
		return { happened: 'it does not fit the present state', hint: 'LearnCoin’s own words say why; it may have been done already.' };
	if (status === 429)
		return {
			happened: `LearnCoin asked to slow down (asked ${tries})`,
			hint: `Lower Concurrency or set Requests per Second in the node’s options. ${again}`,
		};
	if (status >= 500 || status === 408) return { happened: `LearnCoin could not answer now (HTTP ${status}, asked ${tries})`, hint: again };
	if (status >= 300 && status < 400)
		return { happened: `the address points elsewhere (HTTP ${status})`, hint: 'Check the Base URL in the LearnCoin credential.' };
	return { happened: `LearnCoin answered with HTTP ${status}`, hint: 'Check the LearnCoin credential and what this item sends.' };
}

/** No whole answer came, however often it was tried. */
export function explainNoAnswer({ code, attempts, neverSent }: ConnectionFailure, { what, again }: Doing): LearnCoinFailure {
	const happened = neverSent ? 'LearnCoin could not be reached' : 'no whole answer came from LearnCoin';
	const hint = neverSent ? `Check this machine’s network and the Base URL in the LearnCoin credential. ${again}` : again;
	return new LearnCoinFailure(what, `${happened}${attempts > 1 ? ` in ${attempts} attempts` : ''}.`, {
		code,
		attempts,
		retryable: true,
		hint,
	});
}

/** Success by its status, but not the documented body. */
export function explainUnreadable(answer: Answer, { what, again }: Doing): LearnCoinFailure {
	return new LearnCoinFailure(
		what,
		'LearnCoin accepted the request, but its answer could not be read: it is cut off, or not what is documented.',
		{
			httpStatus: answer.status,
			code: 'unreadable_answer',
			requestId: requestIdOf(answer),
			attempts: answer.attempts,
			retryable: true,
			hint: again,
		},
	);
}

/** In the body and in a header, both documented (fact sheet 1); a body that was cut off leaves the header. */
function requestIdOf(answer: Answer): string | null {
	const error = readJsonObject(answer)?.error;
	const inBody = isJsonObject(error) ? error.request_id : undefined;
	return typeof inBody === 'string' && inBody !== '' ? inBody : readRequestId(answer);
}

/** LearnCoin may quote what it was sent. */
const withoutKeys = (text: string): string => text.replace(/\b(lrn_(?:test|live)|whsec)_[\w-]+/g, '$1_[removed]');
