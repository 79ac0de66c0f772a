import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { inWords } from '../../../lib/http/explained';
import { toReadable } from '../../../lib/items/failures';
import { publishedJwks, type FurtherKey, type Jwks } from '../../../lib/moca/partner/jwks';
import { readPartnerSettings } from '../../../lib/moca/partner/settings';
import { partnerCredential } from '../shared/access';

/** What goes over the wire, for GET; HEAD gets the same without the body. */
export interface JwksAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** The key set as the node's parameters and its n8n credential say. Throws as `publishedJwks` does. */
export async function readJwks(context: IWebhookFunctions | IHookFunctions): Promise<Jwks> {
	const partner = readPartnerSettings(await context.getCredentials(partnerCredential));
	const { keys = [] } = context.getNodeParameter('furtherKeys', {}) as { keys?: Array<Partial<FurtherKey>> };
	return publishedJwks(
		partner,
		keys.map(({ publicKey = '', keyId = '' }) => ({ publicKey, keyId })),
	);
}

/** The answer to whoever asks. When there is no key set, it says why, in words that contain nothing of any key. */
export async function answerWithJwks(context: IWebhookFunctions): Promise<JwksAnswer> {
	try {
		return answer(200, await readJwks(context), `public, max-age=${readMaxAge(context)}`);
	} catch (error) {
		const { message, details } = toReadable(error);
		context.logger.error(`${context.getNode().name} has no keys to serve: ${message}`);
		return answer(500, { error: 500, message: `No keys can be served: ${inWords({ message, details })}` }, 'no-store');
	}
}

const answer = (status: number, body: object, cacheControl: string): JwksAnswer => {
	const text = JSON.stringify(body);
	return {
		status,
		headers: { 'Content-Type': 'application/json', 'Cache-Control': cacheControl, 'Content-Length': String(Buffer.byteLength(text)) },
		body: text,
	};
};

const usualMaxAgeS = 3600;

function readMaxAge(context: IWebhookFunctions): number {
	const { cacheSeconds } = context.getNodeParameter('options', {}) as { cacheSeconds?: unknown };
	return typeof cacheSeconds === 'number' && cacheSeconds >= 0 ? Math.floor(cacheSeconds) : usualMaxAgeS;
}
