import type { ChainState } from '../chain/state';
import { BatchStore } from './batchStore';
import { Idempotency } from './http/idempotency';
import { newIssuerAccounts, type IssuerAccounts } from './proofs/accounts';
import { defaultLearnCoinSettings, type LearnCoinSettings } from './settings';
import { newApiKeys, type ApiKeys } from './tenant/apiKeys';
import { seedTenant, type Tenant } from './tenant/tenant';
import { Timers } from './timers';
import { Deliveries } from './webhooks/deliveries';
import type { RegisteredWebhook } from './webhooks/webhook';

/** Everything the LearnCoin half remembers. */
export interface LearnCoinState {
	settings: LearnCoinSettings;
	keys: ApiKeys;
	tenant: Tenant;
	accounts: IssuerAccounts;
	/** Where batches are anchored. */
	chains: ChainState['chains'];
	store: BatchStore;
	webhooks: RegisteredWebhook[];
	deliveries: Deliveries;
	idempotency: Idempotency;
	timers: Timers;
	/** The sandbox's own address; known once it listens. */
	publicUrl: string;
}

/** A LearnCoin with one tenant, and nothing issued. @param stopping ends timers and deliveries */
export function createLearnCoinState(
	stopping: AbortSignal,
	{ chains }: Pick<ChainState, 'chains'>,
	overrides: Partial<LearnCoinSettings> = {},
): LearnCoinState {
	const settings = { ...defaultLearnCoinSettings(), ...overrides };
	const timers = new Timers();
	stopping.addEventListener('abort', () => timers.stop(), { once: true });
	return {
		settings,
		keys: newApiKeys(),
		tenant: seedTenant(),
		accounts: newIssuerAccounts(),
		chains,
		store: new BatchStore(),
		webhooks: [],
		deliveries: new Deliveries({ settings, timers, stopping }),
		idempotency: new Idempotency(),
		timers,
		publicUrl: '',
	};
}

/** Forgets batches, credentials, webhooks, deliveries, idempotency keys and the tenant's changes; keeps API keys and settings. */
export function resetLearnCoin(state: LearnCoinState): void {
	state.timers.clear();
	state.store.clear();
	state.deliveries.clear();
	state.idempotency.clear();
	state.webhooks.length = 0;
	state.tenant = seedTenant();
}
