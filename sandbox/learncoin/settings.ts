/**
 * How the LearnCoin half behaves. Wherever the documents contradict each other or say nothing, the likely reading is the
 * default and the others can be played. Section numbers are the fact sheet's.
 */
export interface LearnCoinSettings {
	// Keys and plan
	/** What every key gets: work, or one of the documented 401 (4). Default `active`. */
	keyState: 'active' | 'revoked' | 'ip_not_allowed';
	/** `credentials_limit_this_month`. Default 2500, as in the sample (9). */
	monthlyLimit: number;
	/** What a batch beyond the limit gets. Unknown (9), so by default nothing happens. */
	monthlyLimitAnswer: 'none' | 402 | 403 | 429;

	// The way of a batch (7)
	/** How long a batch is `pending`, ms. Default 500. A change counts for batches created from then on. */
	signedAfterMs: number;
	/** From creation to `anchored`, ms. Default 1500; more than 2^31 means never. */
	anchoredAfterMs: number;
	/** Every batch created while this is true ends as `failed`. */
	failBatches: boolean;
	/** Batches with one of these recipient ids end as `failed`, so that one of several batches can. */
	failBatchesWithRecipients: string[];
	/** The state a batch fails from. Drawn is only `pending` → `failed`. Default `pending`. */
	failFrom: 'pending' | 'signed';
	/** `error` of a failed batch, a plain string; its values are unknown (3.2). */
	batchError: string;

	// Batches and credentials on the wire (3.2–3.6)
	/** From which state on a batch lists its credentials. Unknown; only the anchored sample does. */
	credentialsAppearAt: 'pending' | 'signed' | 'anchored';
	/** The order of a batch's credentials. Unknown; not the request's by default, so that nobody joins by position. */
	credentialOrder: 'reversed' | 'request';
	/** Whether `GET /batches` repeats each batch's credentials. The schema allows both. Default true. */
	listHasCredentials: boolean;
	/** How a member without a value is sent. Samples omit it. */
	absentFields: 'omitted' | 'null';
	/** `signed_credential` until its batch is anchored. Unknown. Default `null`. */
	signedCredentialBeforeAnchor: 'null' | 'omitted' | 'withoutProof';
	/** `signed_credential` after an erasure. Unknown; anchor and proof are said to be untouched, hence `kept`. */
	signedCredentialAfterErase: 'kept' | 'nameRemoved' | 'null';
	/** Whether `GET /credentials/{id}` adds `revoked_at`, `reason` and `reason_code`. Unknown. Default false. */
	credentialShowsRevocation: boolean;
	/** The second revocation of a credential: the first one's answer again, or a conflict. Unknown. Default 200. */
	revokeTwice: 200 | 409;
	/** The second erasure of a credential. Unknown. Default 200. */
	eraseTwice: 200 | 409;
	/** Whether a credential can be revoked before its batch is anchored. Unknown. Default `accepted`. */
	revokeBeforeAnchor: 'accepted' | 'refused';
	/** Which `requester` an erasure takes; only `recipient` was ever seen. Default `any`. */
	eraseRequester: 'any' | 'recipient';

	// Checks of a new batch (3.1)
	/** 64 KB as 1024s (default) or 1000s. */
	achievementLimitBytes: number;
	/** Whether a recipient id must be a version 4 UUID, as the types page says, or any UUID. Default `v4`. */
	recipientUuid: 'v4' | 'any';
	/** Whether dates must be UTC date-times (`…T…Z`, default) or any ISO 8601 date. */
	dates: 'utcDateTime' | 'anyIso8601';
	expirationBeforeIssuance: 'refused' | 'accepted';
	/** The errors page's list; a glossary passes others through (12). */
	alignmentFrameworks: string[];
	emptyBatch: 'refused' | 'accepted';
	unknownFields: 'ignored' | 'refused';
	duplicateRecipients: 'accepted' | 'refused';

	// Idempotency (5)
	/** How long a key is remembered, ms. Default 24 h. */
	idempotencyTtlMs: number;
	/** Any POST (provided page) or createBatch alone (the only reference page with the header). */
	idempotencyOn: 'everyPost' | 'createBatch';
	/** Whether one key may be used once for each address, or once at all. Default `tenant`: once at all. */
	idempotencyScope: 'tenant' | 'endpoint';
	/** How two bodies are compared. Default `json`: the order of members doesn't count. */
	idempotencyComparison: 'json' | 'bytes';
	/** Whether a refusal is remembered too. Default false. */
	idempotencyCachesErrors: boolean;

	// Lists (3.3)
	/** How long a cursor is valid, ms. Default 24 h. */
	cursorTtlMs: number;
	/** `next_cursor` on the last page. Default `null`. */
	lastCursor: 'null' | 'omitted';
	limitOutOfRange: 'refused' | 'clamped';

	// Tenant (3.7)
	/** Whether PATCH `display_name` changes `name`. Default true. */
	displayNameChangesName: boolean;
	/** Whether nested objects of a PATCH are merged or replace the old ones. Default `merged`. */
	nestedPatch: 'merged' | 'replaced';

	// Webhook endpoints (3.8)
	/** All list endpoints are said to be paged; the page of this one could not be read. Default `wrapped`. */
	webhookList: 'wrapped' | 'array';
	/** 204 without a body, or 200 with `{id, deleted}`. Default 204. */
	deleteWebhookAnswer: 204 | 200;
	/** Whether a live key may register a loopback address. Unknown; no service could reach it. Default `refused`. */
	liveWebhookToLoopback: 'refused' | 'accepted';
	/** Whether event names outside the known ones are refused. The schema has an enum, so by default they are. */
	unknownEvents: 'refused' | 'accepted';
	/** Whether `webhook.test` reaches only those who subscribed to it. Nothing says so. Default false. */
	testEventNeedsSubscription: boolean;

	// Deliveries (6)
	/** `batch.anchored`, or `batch.anchored.v1` as a glossary has it (12). Default `plain`. */
	eventNames: 'plain' | 'versioned';
	/** Which events happen. `batch.signed` and `batch.failed` were seen nowhere, but the batch's way is said to be covered. */
	emittedEvents: string[];
	/** Whether the HMAC key is the whole secret (default) or the part after `whsec_` (6.3). */
	secretEncoding: 'with prefix' | 'without prefix';
	/** Whether `t` is new for each attempt (default: late retries would fail the 5-minute check otherwise) or the event's. */
	signatureTime: 'perAttempt' | 'perEvent';
	/** The pauses between attempts, ms. Only a glossary has them: 1 s, 4 s, 16 s, 1 min, 5 min, 30 min, 6 h (6.5). Empty: no retries. */
	retryScheduleMs: number[];
	/** The pauses are multiplied by this; 0.001 turns seconds into milliseconds. Default 1. */
	retryScheduleFactor: number;
	/** How long a receiver may take, ms. Unknown. Default 10000. */
	deliveryTimeoutMs: number;
	/** Whether deleting a webhook also drops retries that wait. Default true. */
	deleteCancelsRetries: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The likely reading of everything, and a chain fast enough to watch. */
export function defaultLearnCoinSettings(): LearnCoinSettings {
	return {
		keyState: 'active',
		monthlyLimit: 2500,
		monthlyLimitAnswer: 'none',
		signedAfterMs: 500,
		anchoredAfterMs: 1500,
		failBatches: false,
		failBatchesWithRecipients: [],
		failFrom: 'pending',
		batchError: 'The anchoring transaction was not accepted.',
		credentialsAppearAt: 'anchored',
		credentialOrder: 'reversed',
		listHasCredentials: true,
		absentFields: 'omitted',
		signedCredentialBeforeAnchor: 'null',
		signedCredentialAfterErase: 'kept',
		credentialShowsRevocation: false,
		revokeTwice: 200,
		eraseTwice: 200,
		revokeBeforeAnchor: 'accepted',
		eraseRequester: 'any',
		achievementLimitBytes: 64 * 1024,
		recipientUuid: 'v4',
		dates: 'utcDateTime',
		expirationBeforeIssuance: 'refused',
		alignmentFrameworks: ['ESCO', 'O*NET', 'ISCED-F', 'CUSTOM'],
		emptyBatch: 'refused',
		unknownFields: 'ignored',
		duplicateRecipients: 'accepted',
		idempotencyTtlMs: dayMs,
		idempotencyOn: 'everyPost',
		idempotencyScope: 'tenant',
		idempotencyComparison: 'json',
		idempotencyCachesErrors: false,
		cursorTtlMs: dayMs,
		lastCursor: 'null',
		limitOutOfRange: 'refused',
		displayNameChangesName: true,
		nestedPatch: 'merged',
		webhookList: 'wrapped',
		deleteWebhookAnswer: 204,
		liveWebhookToLoopback: 'refused',
		unknownEvents: 'refused',
		testEventNeedsSubscription: false,
		eventNames: 'plain',
		emittedEvents: ['batch.created', 'batch.signed', 'batch.anchored', 'batch.failed', 'credential.revoked', 'credential.erased'],
		secretEncoding: 'with prefix',
		signatureTime: 'perAttempt',
		retryScheduleMs: [1_000, 4_000, 16_000, 60_000, 300_000, 1_800_000, 21_600_000],
		retryScheduleFactor: 1,
		deliveryTimeoutMs: 10_000,
		deleteCancelsRetries: true,
	};
}
