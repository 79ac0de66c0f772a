import { z } from 'zod';
import type { ApiCall } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import { invalid, LearnCoinRefusal } from '../http/errors';
import { listPage } from '../http/listPage';
import { readBody } from '../http/readBody';
import { wireBody } from '../http/wireBody';
import { newId, newSigningSecret } from '../ids';
import type { LearnCoinSettings } from '../settings';
import type { Environment } from '../types';
import type { WebhooksContext } from './emit';
import { withoutVersion, knownEvents, newEvent } from './events';
import { isLoopback } from './loopbackPost';
import type { RegisteredWebhook } from './webhook';

const webhookSchema = z.object({
	url: z
		.string()
		.min(1)
		.url('must be an http(s) URL')
		.regex(/^https?:/, 'must be an http(s) URL'),
	events: z.array(z.string()).min(1, 'must name at least one event'),
	description: z.string().optional(),
});

/** `POST /webhooks`. @throws LearnCoinRefusal 400 */
export function createWebhook(call: ApiCall, environment: Environment, context: WebhooksContext): ApiAnswer {
	const { settings, webhooks } = context;
	const { url, events, description } = readBody(call, webhookSchema);
	if (environment === 'live' && isLoopback(url) && settings.liveWebhookToLoopback === 'refused') {
		throw invalid('invalid_field_format', 'url must be an address that can be reached from the internet.');
	}
	const unknown = events.findIndex((name) => !knownEvents.includes(withoutVersion(name)));
	if (unknown >= 0 && settings.unknownEvents === 'refused') {
		throw invalid('invalid_field_format', `events[${unknown}] is not an event: ${events[unknown]}.`);
	}
	const webhook: RegisteredWebhook = {
		id: newId('whk'),
		url,
		events,
		description,
		signing_secret: newSigningSecret(),
		active: true,
		created_at: new Date().toISOString(),
		environment,
	};
	webhooks.push(webhook);
	return { status: 201, body: { ...webhookBody(webhook, settings), signing_secret: webhook.signing_secret } };
}

/** `GET /webhooks`: without the secrets; its shape is unknown (docs/api/learncoin.md 3.8). */
export function listWebhooks({ query }: ApiCall, environment: Environment, { settings, webhooks }: WebhooksContext): ApiAnswer {
	const own = webhooks.filter((webhook) => webhook.environment === environment);
	if (settings.webhookList === 'array') return { status: 200, body: [...own].reverse().map((webhook) => webhookBody(webhook, settings)) };
	const { data, ...rest } = listPage(query, 'webhooks', own, settings);
	return { status: 200, body: { data: data.map((webhook) => webhookBody(webhook, settings)), ...rest } };
}

/** `DELETE /webhooks/{id}`; its answer is unknown (docs/api/learncoin.md 3.8). @throws LearnCoinRefusal 404 */
export function deleteWebhook({ params }: ApiCall, environment: Environment, context: WebhooksContext): ApiAnswer {
	const { settings, webhooks, deliveries } = context;
	const webhook = findWebhook(params.id, environment, webhooks);
	webhooks.splice(webhooks.indexOf(webhook), 1);
	if (settings.deleteCancelsRetries) deliveries.cancel(webhook.id);
	return settings.deleteWebhookAnswer === 204 ? { status: 204, body: undefined } : { status: 200, body: { id: webhook.id, deleted: true } };
}

/**
 * `POST /webhooks/{id}/test`: sends `webhook.test` at once and tells what the receiver said. What it answers when there is no
 * receiver is unknown (docs/api/learncoin.md 3.8); here `status_code` has no value then, and `delivered` is false.
 * @throws LearnCoinRefusal 404
 */
export async function testWebhook({ params }: ApiCall, environment: Environment, context: WebhooksContext): Promise<ApiAnswer> {
	const { settings, webhooks, deliveries, tenant } = context;
	const webhook = findWebhook(params.id, environment, webhooks);
	const isSubscribed = webhook.events.some((name) => withoutVersion(name) === 'webhook.test');
	if (settings.testEventNeedsSubscription && !isSubscribed) {
		return { status: 200, body: testBody({ delivered: false }, settings) };
	}
	const { state, attempts } = await deliveries.send(webhook, newEvent('webhook.test', {}, tenant, settings), { once: true });
	const [attempt] = attempts;
	const delivered = state === 'delivered';
	return {
		status: 200,
		body: testBody({ delivered, statusCode: attempt?.status || undefined, at: delivered ? Date.now() : undefined }, settings),
	};
}

function testBody(
	{ delivered, statusCode, at }: { delivered: boolean; statusCode?: number | undefined; at?: number | undefined },
	settings: LearnCoinSettings,
) {
	return wireBody(
		{ delivered, status_code: statusCode, delivered_at: at === undefined ? undefined : new Date(at).toISOString() },
		settings,
	);
}

function webhookBody({ id, url, events, active, created_at, description }: RegisteredWebhook, settings: LearnCoinSettings) {
	return wireBody({ id, url, events, active, created_at, description }, settings);
}

/** The code of the 404 is unknown (docs/api/learncoin.md 4). */
function findWebhook(id: string | undefined, environment: Environment, webhooks: RegisteredWebhook[]): RegisteredWebhook {
	const webhook = webhooks.find((candidate) => candidate.id === id && candidate.environment === environment);
	if (!webhook) throw new LearnCoinRefusal(404, 'webhook_not_found', `There is no webhook ${id}.`);
	return webhook;
}
