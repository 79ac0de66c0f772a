/** The wire types of the LearnCoin API, as documented (docs/api/learncoin.md 3). Answers may hold more, which passes through. */

import type { JsonObject } from '../../values/json';

export interface Recipient extends JsonObject {
	/** `urn:uuid:<UUID>`: a pseudonym. */
	id: string;
	/** Shown on the public page; redactable. */
	name: string;
	email?: string;
}

export interface Alignment extends JsonObject {
	/** One of ESCO, O*NET, ISCED-F, CUSTOM. */
	targetFramework?: string;
	targetCode?: string;
	targetName?: string;
	targetUrl?: string;
}

export interface Achievement extends JsonObject {
	id?: string;
	name: string;
	description: string;
	criteria?: { narrative: string };
	alignment?: Alignment[];
}

export interface CredentialInput extends JsonObject {
	recipient: Recipient;
	achievement: Achievement;
	/** ISO 8601 UTC, as is `expirationDate`. */
	issuanceDate: string;
	expirationDate?: string;
	evidence?: JsonObject[];
}

export type BatchStatus = 'pending' | 'signed' | 'anchored' | 'failed';

export const batchStatuses: readonly BatchStatus[] = ['pending', 'signed', 'anchored', 'failed'];

export interface BatchCredential extends JsonObject {
	id: string;
	recipient_id: string;
	verify_url: string;
}

/** An answer that has at least an ID; the other documented fields may be missing or null, and a status may be one that isn't documented. */
export interface Batch extends JsonObject {
	id: string;
	status?: unknown;
	credentials?: unknown;
	error?: unknown;
}

export interface Credential extends JsonObject {
	id: string;
	status?: unknown;
	revoked?: unknown;
	erased?: unknown;
	signed_credential?: unknown;
}

export interface Tenant extends JsonObject {
	id: string;
	name?: unknown;
	environment?: unknown;
}

export interface TenantPatch extends JsonObject {
	display_name?: string;
	awarding_body?: { name?: string; url?: string; logo_url?: string };
	verify_page_branding?: { accent_color?: string; logo_url?: string };
}

export interface Webhook extends JsonObject {
	id: string;
	url?: unknown;
	events?: unknown;
	/** In the answer to its creation only. */
	signing_secret?: unknown;
}

export const revokeReasonCodes = ['reissued', 'issuer_error', 'recipient_request', 'other'] as const;
export type RevokeReasonCode = (typeof revokeReasonCodes)[number];

/** The events whose names the documents show (docs/api/learncoin.md 6.4); there may be more. */
export const knownEvents = ['batch.anchored', 'batch.created', 'credential.erased', 'credential.revoked', 'webhook.test'] as const;

/** One page of a list. `nextCursor` is absent on the last one. */
export interface Page<Entry> {
	entries: Entry[];
	nextCursor?: string;
}
