import type { LearnCoinSettings } from '../settings';
import type { Tenant } from '../tenant/tenant';
import type { Environment } from '../types';
import type { Deliveries, Delivery } from './deliveries';
import { withoutVersion, newEvent } from './events';
import type { RegisteredWebhook } from './webhook';

/** Who listens, and what is sent to them. */
export interface WebhooksContext {
	settings: LearnCoinSettings;
	tenant: Tenant;
	webhooks: RegisteredWebhook[];
	deliveries: Deliveries;
}

/**
 * Sends an event to every webhook that subscribed to it; resolves when each was tried once.
 * @param environment only its webhooks; undefined for all
 */
export async function emit(type: string, data: unknown, context: WebhooksContext, environment?: Environment): Promise<Delivery[]> {
	const { webhooks, deliveries, tenant, settings } = context;
	const event = newEvent(type, data, tenant, settings);
	const receivers = webhooks.filter(
		(webhook) =>
			(environment === undefined || webhook.environment === environment) &&
			webhook.events.some((name) => withoutVersion(name) === withoutVersion(type)),
	);
	return await Promise.all(receivers.map(async (webhook) => await deliveries.send(webhook, event)));
}

/** What happens by itself: sent unless the settings leave this event out. The payloads are assumptions (docs/api/learncoin.md 6.4). */
export function announce(type: string, data: unknown, context: WebhooksContext, environment: Environment): void {
	if (!context.settings.emittedEvents.includes(type)) return;
	void emit(type, data, context, environment);
}
