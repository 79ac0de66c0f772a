import type { StoredBatch, StoredCredential } from '../batchStore';
import { verifyUrl } from '../credentials/addresses';
import { wireBody } from '../http/wireBody';
import type { LearnCoinSettings } from '../settings';
import { batchStatuses } from '../types';

/** A batch as the API answers it (docs/api/learncoin.md 3.2). */
export interface BatchBody {
	id: string;
	status: string;
	credentials_count: number;
	created_at: string;
	environment: string;
	anchored_at?: string | null;
	merkle_root?: string | null;
	anchor_transaction?: Record<string, unknown> | null;
	credentials?: Array<{ id: string; recipient_id: string; verify_url: string }> | null;
	error?: string | null;
}

interface BodyContext {
	settings: LearnCoinSettings;
	/** Where the sandbox answers, for `verify_url`. */
	publicUrl: string;
}

export function batchBody(batch: StoredBatch, context: BodyContext, withCredentials = true): BatchBody {
	const { settings } = context;
	const { id, status, credentials, createdAt, environment, anchoredAt, merkleRoot, anchorTransaction, error } = batch;
	return wireBody(
		{
			id,
			status,
			credentials_count: credentials.length,
			created_at: new Date(createdAt).toISOString(),
			environment,
			anchored_at: anchoredAt === undefined ? undefined : new Date(anchoredAt).toISOString(),
			merkle_root: merkleRoot,
			anchor_transaction: anchorTransaction && { ...anchorTransaction },
			credentials: withCredentials && credentialsAppeared(batch, settings) ? listed(credentials, context) : undefined,
			error,
		},
		settings,
	);
}

function credentialsAppeared({ status }: StoredBatch, { credentialsAppearAt }: LearnCoinSettings): boolean {
	return status !== 'failed' && batchStatuses.indexOf(status) >= batchStatuses.indexOf(credentialsAppearAt);
}

function listed(credentials: StoredCredential[], { settings, publicUrl }: BodyContext) {
	const inOrder = settings.credentialOrder === 'reversed' ? [...credentials].reverse() : credentials;
	return inOrder.map(({ id, recipient }) => ({ id, recipient_id: recipient.id, verify_url: verifyUrl(id, publicUrl) }));
}
