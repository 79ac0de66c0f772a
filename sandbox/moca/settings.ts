import { z } from 'zod';
import { patchSchemaOf } from '../shared/settings';

const countFrom1 = z.number().int().min(1);
const milliseconds = z.number().min(0);

/** `unauthorized` answers 401, `forbidden` 403, `missing` 404, `moved` 308: each as a gateway does. */
const catalogAccess = z.enum(['open', 'unauthorized', 'forbidden', 'missing', 'moved']);
export type CatalogAccess = z.output<typeof catalogAccess>;

/**
 * How the Moca half behaves. Wherever the documents contradict each other or say nothing, the likely reading is the default
 * and the others can be played.
 */
const settings = z.object({
	/** How long `WAIT_ONCHAIN` lasts after issuing on average, ms: the fastest chain that still shows waiting. */
	onChainAfterMs: milliseconds.default(1500),
	/** By which share of it a credential's own time is longer or shorter, at most, as on a chain: 0.25 = by a quarter. */
	onChainVariesBy: z.number().min(0).max(1).default(0.25),
	/** When set: on-chain at the n-th status call for a hash (1 = the first), whatever the time. */
	onChainAfterPolls: countFrom1.optional(),
	/** A duplicate with `onDuplicate: ignore`: 200 with the existing one, or 409. Both are documented (docs/api/moca.md 3.4). */
	onDuplicateIgnore: z.enum(['existing', 'conflict']).default('existing'),
	/** Whether a 409's message tells a duplicate from missing consent; the documented body may not (docs/api/moca.md 3.5). */
	conflictMessage: z.enum(['specific', 'generic']).default('specific'),
	/** Whether a 401 tells its cause, or says `Invalid x-partner-auth` as one developer saw it (docs/api/moca.md 3.6). */
	unauthorizedMessage: z.enum(['specific', 'generic']).default('specific'),
	/** Accepted `scope` claims, literally; the documents name both (docs/api/moca.md 2.4). */
	acceptedScopes: z.array(z.string()).default(['issue on-behalf', 'issue']),
	/** The longest accepted life of a JWT, `exp - iat`, s. Unknown (docs/api/moca.md 2.3), so by default there is no limit. */
	maxJwtLifetimeSeconds: countFrom1.optional(),
	/** How far Moca's clock is ahead of this machine's, s, negative when it is behind: what its `Date` says and tokens are judged by. */
	clockAheadSeconds: z.number().default(0),
	/** How far in the future a token's `iat` may be, s; without it `iat` isn't judged. Unknown (docs/api/moca.md 2.7). */
	issuedAtToleranceSeconds: z.number().min(0).optional(),
	/** What the `Date` header says instead of Moca's clock: any text, as a gateway may have it; empty for none. */
	dateHeader: z.string().optional(),
	/** The `Age` header of every answer, as a cache adds it. */
	ageHeader: z.string().optional(),
	/** How long a fetched JWKS is used, ms. Unknown (docs/api/moca.md 2.5); an unknown `kid` always fetches again. */
	jwksCacheMs: milliseconds.default(60_000),
	/** The state after `WAIT_ONCHAIN`. Any other word than `ONCHAIN` plays an undocumented one (docs/api/moca.md 4.1). */
	finalStatus: z.string().min(1).default('ONCHAIN'),
	/** The state of a revoked credential. Unknown (docs/api/moca.md 4.1); without it the documented two states go on. */
	revokedStatus: z.string().min(1).optional(),
	/** False: 403 `issueOnBehalf is not allowed`. */
	featureEnabled: z.boolean().default(true),
	/** Emails of users who declined this partner's credentials: 409 until they consent again (docs/api/moca.md 3.5). */
	declinedRecipients: z.array(z.string()).default([]),
	/** Whether `credentialSubject.id` (a URI) may be sent. Unknown (docs/api/moca.md 3.4 and 11, no. 10). */
	subjectId: z.enum(['accepted', 'refused']).default('accepted'),
	/** Whether a date field must hold an ISO 8601 date. Unknown (docs/api/moca.md 11, no. 7); a stored date is a plain string. */
	checkDateFormat: z.boolean().default(true),
	/**
	 * Whether the catalog answers at `/v1/catalog`; at one such address it was seen to be closed (docs/api/moca.md 5.5). With `catalogAtRoot`,
	 * either of the two documented addresses can be absent, or both.
	 */
	catalogUnderV1: catalogAccess.default('open'),
	/** Whether the catalog answers at `/catalog`. */
	catalogAtRoot: catalogAccess.default('open'),
	/** What is not found or out of bounds: an HTTP status, or HTTP 200 with a `code` other than success (docs/api/moca.md 5.1). */
	catalogFailures: z.enum(['status', 'envelope']).default('status'),
	/** Fields left out of the status answer: nobody documents which are always there. */
	statusOmits: z.array(z.string()).optional(),
	/** Fields added to the status answer, e.g. `expirationDate`, which the schema has and the sample doesn't (docs/api/moca.md 4). */
	statusAdds: z.record(z.unknown()).optional(),
});

export type MocaSettings = z.output<typeof settings>;

export const defaultMocaSettings = (): MocaSettings => settings.parse({});

export const mocaSettingsPatchSchema = patchSchemaOf(settings);
