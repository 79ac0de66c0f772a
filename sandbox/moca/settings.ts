import { z } from 'zod';

/**
 * How the Moca half behaves. Wherever the documents contradict each other or say nothing, the likely reading is the default
 * and the others can be played.
 */
export interface MocaSettings {
	/** How long `WAIT_ONCHAIN` lasts after issuing, ms. Default 1500. */
	onChainAfterMs: number;
	/** When set: on-chain at the n-th status call for a hash (1 = the first), whatever the time. */
	onChainAfterPolls?: number;
	/** A duplicate with `onDuplicate: ignore`: 200 with the existing one, or 409. Both are documented (fact sheet 3.4). */
	onDuplicateIgnore: 'existing' | 'conflict';
	/** Whether a 409's message tells a duplicate from missing consent; the documented body may not (fact sheet 3.5). */
	conflictMessage: 'specific' | 'generic';
	/** Whether a 401 tells its cause, or says `Invalid x-partner-auth` as one developer saw it (fact sheet 3.6). */
	unauthorizedMessage: 'specific' | 'generic';
	/** Accepted `scope` claims, literally; the documents name both (fact sheet 2.4). */
	acceptedScopes: string[];
	/** The longest accepted life of a JWT, `exp - iat`, s. Unknown (fact sheet 2.3), so by default there is no limit. */
	maxJwtLifetimeSeconds?: number;
	/** How long a fetched JWKS is used, ms. Unknown (fact sheet 2.5); an unknown `kid` always fetches again. Default 60000. */
	jwksCacheMs: number;
	/** The state after `WAIT_ONCHAIN`. Any other word than `ONCHAIN` plays an undocumented one (fact sheet 4.1). */
	finalStatus: string;
	/** The state of a revoked credential. Unknown (fact sheet 4.1); without it the documented two states go on. */
	revokedStatus?: string;
	/** False: 403 `issueOnBehalf is not allowed`. */
	featureEnabled: boolean;
	/** Emails of users who declined this partner's credentials: 409 until they consent again (fact sheet 3.5). */
	declinedRecipients: string[];
	/** Whether `credentialSubject.id` (a URI) may be sent. Unknown (fact sheet 3.4, 11.10). */
	subjectId: 'accepted' | 'refused';
	/** Whether a date field must hold an ISO 8601 date. Unknown (fact sheet 11.7); a stored date is a plain string. */
	checkDateFormat: boolean;
	/** Whether the catalog answers at `/v1/catalog`; at one such address it was seen to be closed (fact sheet 5.5). */
	catalogUnderV1: CatalogAccess;
	/** Whether the catalog answers at `/catalog`. */
	catalogAtRoot: CatalogAccess;
	/** What is not found or out of bounds: an HTTP status, or HTTP 200 with a `code` other than success (fact sheet 5.1). */
	catalogFailures: 'status' | 'envelope';
	/** Fields left out of the status answer: nobody documents which are always there. */
	statusOmits?: string[];
	/** Fields added to the status answer, e.g. `expirationDate`, which the schema has and the sample doesn't (fact sheet 4). */
	statusAdds?: Record<string, unknown>;
}

/** `forbidden` answers 403, `missing` 404, both as a gateway does. */
export type CatalogAccess = 'open' | 'forbidden' | 'missing';

/** The likely reading of everything, the fastest chain that still shows waiting. */
export function defaultMocaSettings(): MocaSettings {
	return {
		onChainAfterMs: 1500,
		onDuplicateIgnore: 'existing',
		conflictMessage: 'specific',
		unauthorizedMessage: 'specific',
		acceptedScopes: ['issue on-behalf', 'issue'],
		jwksCacheMs: 60_000,
		finalStatus: 'ONCHAIN',
		featureEnabled: true,
		declinedRecipients: [],
		subjectId: 'accepted',
		checkDateFormat: true,
		catalogUnderV1: 'open',
		catalogAtRoot: 'open',
		catalogFailures: 'status',
	};
}

const catalogAccess = z.enum(['open', 'forbidden', 'missing']);
const countFrom1 = z.number().int().min(1);

/** The JSON form of a partial {@link MocaSettings}; `null` takes an optional setting away again. */
export const mocaSettingsPatchSchema = z
	.object({
		onChainAfterMs: z.number().min(0),
		onChainAfterPolls: countFrom1.nullable(),
		onDuplicateIgnore: z.enum(['existing', 'conflict']),
		conflictMessage: z.enum(['specific', 'generic']),
		unauthorizedMessage: z.enum(['specific', 'generic']),
		acceptedScopes: z.array(z.string()),
		maxJwtLifetimeSeconds: countFrom1.nullable(),
		jwksCacheMs: z.number().min(0),
		finalStatus: z.string().min(1),
		revokedStatus: z.string().min(1).nullable(),
		featureEnabled: z.boolean(),
		declinedRecipients: z.array(z.string()),
		subjectId: z.enum(['accepted', 'refused']),
		checkDateFormat: z.boolean(),
		catalogUnderV1: catalogAccess,
		catalogAtRoot: catalogAccess,
		catalogFailures: z.enum(['status', 'envelope']),
		statusOmits: z.array(z.string()).nullable(),
		statusAdds: z.record(z.unknown()).nullable(),
	})
	.partial()
	.strict();

/** Changes the live settings in place. */
export function patchMocaSettings(settings: MocaSettings, patch: z.infer<typeof mocaSettingsPatchSchema>): void {
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) Reflect.deleteProperty(settings, name);
		else Reflect.set(settings, name, value);
	}
}
