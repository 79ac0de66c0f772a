import { z } from 'zod';
import { patchSchemaOf } from '../shared/settings';

const dayMs = 24 * 60 * 60 * 1000;
const milliseconds = z.number().min(0);
const acceptedOrRefused = z.enum(['accepted', 'refused']);
const okOrConflict = z.union([z.literal(200), z.literal(409)]);

/**
 * How the LearnCoin half behaves. Wherever the documents contradict each other or say nothing, the likely reading is the
 * default and the others can be played. Section numbers are those of docs/api/learncoin.md.
 */
const settings = z.object({
	// Keys and plan
	/** What every key gets: work, or one of the documented 401 (4). */
	keyState: z.enum(['active', 'revoked', 'ip_not_allowed']).default('active'),
	/** `credentials_limit_this_month`, by default as in the sample (9). */
	monthlyLimit: z.number().int().min(0).default(2500),
	/** What a batch beyond the limit gets. Unknown (9), so by default nothing happens. */
	monthlyLimitAnswer: z.union([z.literal('none'), z.literal(402), z.literal(403), z.literal(429)]).default('none'),

	// The way of a batch (7)
	/** How long a batch is `pending`, ms. A change counts for batches created from then on. */
	signedAfterMs: milliseconds.default(500),
	/** From creation to `anchored`, ms; more than 2^31 means never. By default fast enough to watch. */
	anchoredAfterMs: milliseconds.default(1500),
	/** Every batch created while this is true ends as `failed`. */
	failBatches: z.boolean().default(false),
	/** Batches with one of these recipient ids end as `failed`, so that one of several batches can. */
	failBatchesWithRecipients: z.array(z.string()).default([]),
	/** The state a batch fails from. Drawn is only `pending` → `failed`. */
	failFrom: z.enum(['pending', 'signed']).default('pending'),
	/** `error` of a failed batch, a plain string; its values are unknown (3.2). */
	batchError: z.string().default('The anchoring transaction was not accepted.'),

	// Batches and credentials on the wire (3.2–3.6)
	/** From which state on a batch lists its credentials. Unknown; only the anchored sample does. */
	credentialsAppearAt: z.enum(['pending', 'signed', 'anchored']).default('anchored'),
	/** The order of a batch's credentials. Unknown; not the request's by default, so that nobody joins by position. */
	credentialOrder: z.enum(['reversed', 'request']).default('reversed'),
	/** Whether `GET /batches` repeats each batch's credentials. The schema allows both. */
	listHasCredentials: z.boolean().default(true),
	/** How a member without a value is sent. Samples omit it. */
	absentFields: z.enum(['omitted', 'null']).default('omitted'),
	/** `signed_credential` until its batch is anchored. Unknown. */
	signedCredentialBeforeAnchor: z.enum(['null', 'omitted', 'withoutProof', 'placeholderProof']).default('null'),
	/** `signed_credential` after an erasure. Unknown; anchor and proof are said to be untouched, hence `kept`. */
	signedCredentialAfterErase: z.enum(['kept', 'nameRemoved', 'null']).default('kept'),
	/** Whether `GET /credentials/{id}` adds `revoked_at`, `reason` and `reason_code`. Unknown. */
	credentialShowsRevocation: z.boolean().default(false),
	/** The second revocation of a credential: the first one's answer again, or a conflict. Unknown. */
	revokeTwice: okOrConflict.default(200),
	/** The second erasure of a credential. Unknown. */
	eraseTwice: okOrConflict.default(200),
	/** Whether a credential can be revoked before its batch is anchored. Unknown. */
	revokeBeforeAnchor: acceptedOrRefused.default('accepted'),
	/** Which `requester` an erasure takes; only `recipient` was ever seen. */
	eraseRequester: z.enum(['any', 'recipient']).default('any'),

	// The document (8). These count for batches anchored from then on
	/** `issuanceDate` and `expirationDate`, which are documented and which no context defines, or `validFrom` and `validUntil` (12, no. 15). */
	documentDates: z.enum(['issuanceDate', 'validFrom']).default('issuanceDate'),
	/** The documented three contexts, or a fourth, for data integrity (12, no. 16). */
	documentContexts: z.enum(['three', 'four']).default('three'),
	/**
	 * The issuer with a fragment, or without; `path`: a DID document of the tenant's own, which no page mentions (12, no. 13; 12, no. 14). Only the
	 * DID document of the form that is set now is there.
	 */
	issuerDid: z.enum(['fragment', 'bare', 'path']).default('fragment'),
	/** Placeholders stand where proof, root and transaction are, as in printed samples: nothing can be verified by them. */
	proofs: z.enum(['real', 'placeholder']).default('real'),
	/** Who sends the anchoring transaction: the tenant's own key, or another of LearnCoin's. Unknown. */
	anchorSender: z.enum(['tenant', 'other']).default('tenant'),
	/** The transaction's data: the root alone, the root among other bytes, or something else. Exact data are unknown. */
	anchorInput: z.enum(['root', 'containsRoot', 'other']).default('root'),

	// The proof as text, and the DID document (8). These count at once
	/** Whether hashes are written as hex (cert-issuer) or as bytes (the JavaScript encoder). */
	proofHashes: z.enum(['text', 'bytes']).default('text'),
	/** Base58 alone (endpoints page) or behind a `z` (standards page, and every encoder). */
	proofValueForm: z.enum(['multibase', 'base58']).default('multibase'),
	/**
	 * How the proof names its chain. LearnCoin writes `blink:base:…`, but Base has no number in any encoder: the word, the next free number,
	 * its chain ID, Ethereum's number with Base's chain ID, Ethereum itself, or no chain at all.
	 */
	anchorChain: z.enum(['base', 'newNumber', 'chainId', 'ethereumNumber', 'ethereum', 'mocknet']).default('base'),
	/** Whether the proof has a `proofPurpose`. One sample has none. */
	proofHasPurpose: z.boolean().default(true),
	/** In which form the DID document has the tenant's key. Unknown. */
	didKey: z.enum(['jwk', 'multikey']).default('jwk'),

	// Checks of a new batch (3.1)
	/** 64 KB as 1024s, which is the default, or as 1000s. */
	achievementLimitBytes: z
		.number()
		.int()
		.min(0)
		.default(64 * 1024),
	/** Whether a recipient id must be a version 4 UUID, as the types page says, or any UUID. */
	recipientUuid: z.enum(['v4', 'any']).default('v4'),
	/** Whether dates must be UTC date-times (`…T…Z`) or any ISO 8601 date. */
	dates: z.enum(['utcDateTime', 'anyIso8601']).default('utcDateTime'),
	/** An `expirationDate` that is not after the `issuanceDate`. */
	expirationBeforeIssuance: acceptedOrRefused.default('refused'),
	/** The errors page's list; a glossary passes others through (12, no. 12). */
	alignmentFrameworks: z.array(z.string()).default(['ESCO', 'O*NET', 'ISCED-F', 'CUSTOM']),
	/** A batch without a credential. */
	emptyBatch: acceptedOrRefused.default('refused'),
	/** Members of the body that no document names. */
	unknownFields: z.enum(['ignored', 'refused']).default('ignored'),
	/** One recipient id twice in a batch. */
	duplicateRecipients: acceptedOrRefused.default('accepted'),

	// Idempotency (5)
	/** How long a key is remembered, ms. */
	idempotencyTtlMs: milliseconds.default(dayMs),
	/** Any POST (provided page) or createBatch alone (the only reference page with the header). */
	idempotencyOn: z.enum(['everyPost', 'createBatch']).default('everyPost'),
	/** Whether one key may be used once for each address, or once at all, which is the default. */
	idempotencyScope: z.enum(['tenant', 'endpoint']).default('tenant'),
	/** How two bodies are compared. As JSON, the order of members doesn't count. */
	idempotencyComparison: z.enum(['json', 'bytes']).default('json'),
	/** Whether a refusal is remembered too. */
	idempotencyCachesErrors: z.boolean().default(false),

	// Lists (3.3)
	/** How long a cursor is valid, ms. */
	cursorTtlMs: milliseconds.default(dayMs),
	/** `next_cursor` on the last page. */
	lastCursor: z.enum(['null', 'omitted']).default('null'),
	/** A `limit` below 1 or above 100. */
	limitOutOfRange: z.enum(['refused', 'clamped']).default('refused'),

	// Tenant (3.7)
	/** Whether PATCH `display_name` changes `name`. */
	displayNameChangesName: z.boolean().default(true),
	/** Whether nested objects of a PATCH are merged or replace the old ones. */
	nestedPatch: z.enum(['merged', 'replaced']).default('merged'),
	/** What answers a PATCH. Only a sample shows the tenant. */
	tenantPatchAnswer: z.enum(['tenant', 'empty']).default('tenant'),
	/** Whether GET has the month's counters. One sample has none (12, no. 20). */
	tenantCounters: z.boolean().default(true),

	// Webhook endpoints (3.8)
	/** All list endpoints are said to be paged; the page of this one could not be read. */
	webhookList: z.enum(['wrapped', 'array']).default('wrapped'),
	/** 204 without a body, or 200 with `{id, deleted}`. */
	deleteWebhookAnswer: z.union([z.literal(204), z.literal(200)]).default(204),
	/** Whether a live key may register a loopback address. Unknown; no service could reach it. */
	liveWebhookToLoopback: acceptedOrRefused.default('refused'),
	/** Whether event names outside the known ones are refused. The schema has an enum, so by default they are. */
	unknownEvents: acceptedOrRefused.default('refused'),
	/** Whether `webhook.test` reaches only those who subscribed to it. Nothing says so. */
	testEventNeedsSubscription: z.boolean().default(false),

	// Deliveries (6)
	/** `batch.anchored`, or `batch.anchored.v1` as a glossary has it (12, no. 2). */
	eventNames: z.enum(['plain', 'versioned']).default('plain'),
	/** Which events happen. `batch.signed` and `batch.failed` were seen nowhere, but the batch's way is said to be covered. */
	emittedEvents: z
		.array(z.string())
		.default(['batch.created', 'batch.signed', 'batch.anchored', 'batch.failed', 'credential.revoked', 'credential.erased']),
	/** Whether the HMAC key is the whole secret or the part after `whsec_` (6.3). */
	secretEncoding: z.enum(['with prefix', 'without prefix']).default('with prefix'),
	/** Whether `t` is new for each attempt (late retries would fail the 5-minute check otherwise) or the event's. */
	signatureTime: z.enum(['perAttempt', 'perEvent']).default('perAttempt'),
	/** The pauses between attempts, ms. Only a glossary has them: 1 s, 4 s, 16 s, 1 min, 5 min, 30 min, 6 h (6.5). Empty: no retries. */
	retryScheduleMs: z.array(milliseconds).default([1_000, 4_000, 16_000, 60_000, 300_000, 1_800_000, 21_600_000]),
	/** The pauses are multiplied by this; 0.001 turns seconds into milliseconds. */
	retryScheduleFactor: z.number().min(0).default(1),
	/** How long a receiver may take, ms. Unknown. */
	deliveryTimeoutMs: milliseconds.default(10_000),
	/** Whether deleting a webhook also drops retries that wait. */
	deleteCancelsRetries: z.boolean().default(true),
});

export type LearnCoinSettings = z.output<typeof settings>;

export const defaultLearnCoinSettings = (): LearnCoinSettings => settings.parse({});

export const learnCoinSettingsPatchSchema = patchSchemaOf(settings);
