import { z } from 'zod';
import type { LearnCoinSettings } from './settings';

const milliseconds = z.number().min(0);
const acceptedOrRefused = z.enum(['accepted', 'refused']);
const okOrConflict = z.union([z.literal(200), z.literal(409)]);
const strings = z.array(z.string());

/** The JSON form of a partial {@link LearnCoinSettings}. */
export const learnCoinSettingsPatchSchema = z
	.object({
		keyState: z.enum(['active', 'revoked', 'ip_not_allowed']),
		monthlyLimit: z.number().int().min(0),
		monthlyLimitAnswer: z.union([z.literal('none'), z.literal(402), z.literal(403), z.literal(429)]),
		signedAfterMs: milliseconds,
		anchoredAfterMs: milliseconds,
		failBatches: z.boolean(),
		failBatchesWithRecipients: strings,
		failFrom: z.enum(['pending', 'signed']),
		batchError: z.string(),
		credentialsAppearAt: z.enum(['pending', 'signed', 'anchored']),
		credentialOrder: z.enum(['reversed', 'request']),
		listHasCredentials: z.boolean(),
		absentFields: z.enum(['omitted', 'null']),
		signedCredentialBeforeAnchor: z.enum(['null', 'omitted', 'withoutProof']),
		signedCredentialAfterErase: z.enum(['kept', 'nameRemoved', 'null']),
		credentialShowsRevocation: z.boolean(),
		revokeTwice: okOrConflict,
		eraseTwice: okOrConflict,
		revokeBeforeAnchor: acceptedOrRefused,
		eraseRequester: z.enum(['any', 'recipient']),
		achievementLimitBytes: z.number().int().min(0),
		recipientUuid: z.enum(['v4', 'any']),
		dates: z.enum(['utcDateTime', 'anyIso8601']),
		expirationBeforeIssuance: acceptedOrRefused,
		alignmentFrameworks: strings,
		emptyBatch: acceptedOrRefused,
		unknownFields: z.enum(['ignored', 'refused']),
		duplicateRecipients: acceptedOrRefused,
		idempotencyTtlMs: milliseconds,
		idempotencyOn: z.enum(['everyPost', 'createBatch']),
		idempotencyScope: z.enum(['tenant', 'endpoint']),
		idempotencyComparison: z.enum(['json', 'bytes']),
		idempotencyCachesErrors: z.boolean(),
		cursorTtlMs: milliseconds,
		lastCursor: z.enum(['null', 'omitted']),
		limitOutOfRange: z.enum(['refused', 'clamped']),
		displayNameChangesName: z.boolean(),
		nestedPatch: z.enum(['merged', 'replaced']),
		webhookList: z.enum(['wrapped', 'array']),
		deleteWebhookAnswer: z.union([z.literal(204), z.literal(200)]),
		liveWebhookToLoopback: acceptedOrRefused,
		unknownEvents: acceptedOrRefused,
		testEventNeedsSubscription: z.boolean(),
		eventNames: z.enum(['plain', 'versioned']),
		emittedEvents: strings,
		secretEncoding: z.enum(['with prefix', 'without prefix']),
		signatureTime: z.enum(['perAttempt', 'perEvent']),
		retryScheduleMs: z.array(milliseconds),
		retryScheduleFactor: z.number().min(0),
		deliveryTimeoutMs: milliseconds,
		deleteCancelsRetries: z.boolean(),
	} satisfies Record<keyof LearnCoinSettings, z.ZodTypeAny>)
	.partial()
	.strict();

/** Changes the live settings in place. */
export function patchLearnCoinSettings(settings: LearnCoinSettings, patch: z.infer<typeof learnCoinSettingsPatchSchema>): void {
	Object.assign(settings, patch);
}
