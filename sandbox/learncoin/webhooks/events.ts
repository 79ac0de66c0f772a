import { newId } from '../ids';
import type { LearnCoinSettings } from '../settings';
import type { Tenant } from '../tenant/tenant';
import type { EventEnvelope } from '../types';

/** The names a webhook may subscribe to. Some are a guess: the catalog could not be read (docs/api/learncoin.md 6.4). */
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

/** An event's name without the `.v1` that a glossary adds (docs/api/learncoin.md 12, no. 2). */
export function withoutVersion(name: string): string {
	return name.replace(/\.v1$/, '');
}

/** An envelope as it is delivered (docs/api/learncoin.md 6.1). */
export function newEvent(type: string, data: unknown, tenant: Tenant, { eventNames }: LearnCoinSettings): EventEnvelope {
	const name = eventNames === 'versioned' ? `${withoutVersion(type)}.v1` : type;
	return { id: newId('evt'), type: name, created_at: new Date().toISOString(), tenant_id: tenant.id, data };
}
