import type { Delivery } from './deliveries';
import { newId } from '../ids';
import type { LearnCoinSettings } from '../settings';
import type { Tenant } from '../tenant/endpoints';
import type { WebhooksContext } from './endpoints';
import type { Environment, EventEnvelope } from '../wire';

/** The names a webhook may subscribe to. Some are a guess: the catalog could not be read (fact sheet 6.4). */
export const knownEvents: readonly string[] = [
	'batch.created',
	'batch.signed',
	'batch.anchored',
	'batch.failed',
	'credential.claimed',
	'credential.revoked',
	'credential.erased',
	'webhook.test',
];

/** An event's name without the `.v1` that a glossary adds (fact sheet 12). */
export function baseName(name: string): string {
	return name.replace(/\.v1$/, '');
}

/** An envelope as it is delivered (fact sheet 6.1). */
export function newEvent(type: string, data: unknown, tenant: Tenant, { eventNames }: LearnCoinSettings): EventEnvelope {
	const name = eventNames === 'versioned' ? `${baseName(type)}.v1` : type;
	return { id: newId('evt'), type: name, created_at: new Date().toISOString(), tenant_id: tenant.id, data };
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
			webhook.events.some((name) => baseName(name) === baseName(type)),
	);
	return await Promise.all(receivers.map(async (webhook) => await deliveries.send(webhook, event)));
}

/** What happens by itself: sent unless the settings leave this event out. The payloads are assumptions (fact sheet 6.4). */
export function happened(type: string, data: unknown, context: WebhooksContext, environment: Environment): void {
	if (!context.settings.emittedEvents.includes(type)) return;
	void emit(type, data, context, environment);
}
