import { newestFirst } from '../shared/newestFirst';
import type { StoredBatch, StoredCredential } from './batchStore';
import { downloadPaths } from './credentials/addresses';
import { hasDownload } from './credentials/downloads';
import type { LearnCoinSettings } from './settings';
import type { LearnCoinState } from './state';

/** The LearnCoin half as the page shows it, newest first. No key and no secret is part of it. */
export interface LearnCoinSummary {
	counters: {
		batches: number;
		credentials: number;
		anchored: number;
		revoked: number;
		erased: number;
		webhooks: number;
		deliveries: number;
	};
	batches: Array<{
		id: string;
		environment: string;
		status: string;
		count: number;
		createdAt: number;
		anchoredAt?: number;
		error?: string;
	}>;
	credentials: Array<{
		id: string;
		batchId: string;
		/** The name, or the pseudonym when the name was erased. */
		recipient: string;
		achievement: string;
		status: string;
		revoked: boolean;
		erased: boolean;
		/** Where its document can be had; missing while there is none. */
		files?: { genuine: string; altered: string };
	}>;
	webhooks: Array<{ id: string; url: string; events: string[]; environment: string }>;
	deliveries: Array<{
		id: string;
		eventId: string;
		type: string;
		url: string;
		state: string;
		attempts: Array<{ at: number; status: number; durationMs: number; answer: string }>;
	}>;
	settings: LearnCoinSettings;
}

/** @param rows how many rows of each kind to include */
export function learnCoinSummary(state: LearnCoinState, rows: number): LearnCoinSummary {
	const { store, webhooks, deliveries, settings } = state;
	const batches = store.batches();
	const credentials = store.credentials();
	const sent = deliveries.all();
	return {
		counters: {
			batches: batches.length,
			credentials: credentials.length,
			anchored: credentials.filter(({ batch }) => batch.status === 'anchored').length,
			revoked: credentials.filter(({ revocation }) => revocation !== undefined).length,
			erased: credentials.filter(({ erasure }) => erasure !== undefined).length,
			webhooks: webhooks.length,
			deliveries: sent.length,
		},
		batches: newestFirst(batches, rows).map(batchRow),
		credentials: newestFirst(credentials, rows).map((credential) => credentialRow(credential, state)),
		webhooks: webhooks.map(({ id, url, events, environment }) => ({ id, url, events, environment })),
		deliveries: newestFirst(sent, rows).map(({ id, eventId, type, url, state, attempts }) => ({ id, eventId, type, url, state, attempts })),
		settings,
	};
}

function batchRow({
	id,
	environment,
	status,
	credentials,
	createdAt,
	anchoredAt,
	error,
}: StoredBatch): LearnCoinSummary['batches'][number] {
	return {
		id,
		environment,
		status,
		count: credentials.length,
		createdAt,
		...(anchoredAt !== undefined && { anchoredAt }),
		...(error !== undefined && { error }),
	};
}

function credentialRow(credential: StoredCredential, state: LearnCoinState): LearnCoinSummary['credentials'][number] {
	const { id, batch, recipient, input, revocation, erasure } = credential;
	return {
		id,
		batchId: batch.id,
		recipient: recipient.name ?? recipient.id,
		achievement: input.achievement.name,
		status: batch.status,
		revoked: revocation !== undefined,
		erased: erasure !== undefined,
		...(hasDownload(credential, state) && { files: downloadPaths(id) }),
	};
}
