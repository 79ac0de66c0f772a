import type { LearnCoinSettings } from '../settings';
import type { StoredBatch, StoredCredential } from '../store';
import { batchStatuses } from '../wire';

/** A batch as the API answers it (fact sheet 3.2). */
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

export interface BodyContext {
	settings: LearnCoinSettings;
	/** Where the sandbox answers, for `verify_url`. */
	publicUrl: string;
}

export function batchBody(batch: StoredBatch, context: BodyContext, withCredentials = true): BatchBody {
	const { settings } = context;
	const { id, status, credentials, createdAt, environment, anchoredAt, merkleRoot, anchorTransaction, error } = batch;
	return shaped(
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

/** Where a person sees the credential; LearnCoin's own form is `https://learncoin.me/c/<id>`. */
export function verifyUrl(credentialId: string, publicUrl: string): string {
	return `${publicUrl}/c/${credentialId}`;
}

type Sent<T> = { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } & {
	[Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> | null;
};

/** Members without a value are left out or null, as the settings say (fact sheet 3.2). */
export function shaped<T extends object>(body: T, { absentFields }: Pick<LearnCoinSettings, 'absentFields'>): Sent<T> {
	const members = Object.entries(body) as Array<[string, unknown]>;
	const sent =
		absentFields === 'omitted'
			? members.filter(([, value]) => value !== undefined)
			: members.map(([name, value]) => [name, value === undefined ? null : value]);
	return Object.fromEntries(sent) as Sent<T>;
}
