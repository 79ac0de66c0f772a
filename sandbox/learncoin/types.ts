/**
 * What LearnCoin's API speaks (docs/api/learncoin.md 3), as the sandbox sends it. Optional members may also come as null, see
 * `absentFields`.
 */

export type Environment = 'test' | 'live';

export const batchStatuses = ['pending', 'signed', 'anchored', 'failed'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

export const reasonCodes = ['reissued', 'issuer_error', 'recipient_request', 'other'] as const;
type ReasonCode = (typeof reasonCodes)[number];

interface Alignment {
	targetFramework?: string | undefined;
	targetCode?: string | undefined;
	targetName?: string | undefined;
	targetUrl?: string | undefined;
	targetType?: string | undefined;
}

interface Achievement {
	id?: string | undefined;
	name: string;
	description: string;
	criteria?: { narrative?: string | undefined } | undefined;
	alignment?: Alignment[] | undefined;
}

/** One element of a new batch (docs/api/learncoin.md 3.1). Dates are ISO 8601 UTC. */
export interface CredentialInput {
	recipient: { id: string; name: string; email?: string | undefined };
	achievement: Achievement;
	issuanceDate: string;
	expirationDate?: string | undefined;
	evidence?: unknown[] | undefined;
}

export interface AnchorTransaction {
	chain: 'base-mainnet' | 'base-sepolia';
	/** 0x-hex */
	hash: string;
	block_number: number;
	explorer_url: string;
}

export interface Revocation {
	id: string;
	revoked: true;
	/** ISO 8601 UTC, as every time on the wire. */
	revoked_at: string;
	reason: string;
	reason_code: ReasonCode;
}

export interface Erasure {
	id: string;
	erased: true;
	erased_at: string;
	verification_status_after_erasure: 'verifiable';
}

/** The body of a webhook delivery (docs/api/learncoin.md 6.1). */
export interface EventEnvelope {
	id: string;
	type: string;
	created_at: string;
	tenant_id: string;
	data: unknown;
}
