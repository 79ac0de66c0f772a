import { z } from 'zod';
import type { ApiCall } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import type { BatchStore } from '../batchStore';
import { readBody } from '../http/readBody';
import { issuerIds } from '../proofs/did';
import type { LearnCoinSettings } from '../settings';
import type { Environment } from '../types';
import type { Tenant } from './tenant';

interface TenantContext {
	tenant: Tenant;
	settings: LearnCoinSettings;
	store: BatchStore;
	/** Where the sandbox answers, for the DID. */
	publicUrl: string;
}

/** `GET /tenants/me` (docs/api/learncoin.md 3.7). */
export function getTenant(environment: Environment, context: TenantContext): ApiAnswer {
	return { status: 200, body: tenantBody(environment, context) };
}

const patchSchema = z.object({
	display_name: z.string().min(1).optional(),
	awarding_body: z
		.object({ name: z.string().min(1), url: z.string().url(), logo_url: z.string().url() })
		.partial()
		.optional(),
	verify_page_branding: z
		.object({ accent_color: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be #RRGGBB'), logo_url: z.string().url() })
		.partial()
		.optional(),
});

/**
 * `PATCH /tenants/me`. The answer is the tenant as GET gives it, without the branding (docs/api/learncoin.md 3.7).
 * @throws LearnCoinRefusal 400
 */
export function updateTenant(call: ApiCall, environment: Environment, context: TenantContext): ApiAnswer {
	const { display_name, awarding_body, verify_page_branding } = readBody(call, patchSchema);
	const { tenant, settings } = context;
	const merged = settings.nestedPatch === 'merged';
	if (display_name !== undefined && settings.displayNameChangesName) tenant.name = display_name;
	if (awarding_body) tenant.awardingBody = { ...(merged && tenant.awardingBody), ...awarding_body };
	if (verify_page_branding) {
		tenant.verifyPageBranding = { ...(merged && tenant.verifyPageBranding), ...verify_page_branding } as Tenant['verifyPageBranding'];
	}
	return settings.tenantPatchAnswer === 'empty' ? { status: 204, body: undefined } : getTenant(environment, context);
}

function tenantBody(environment: Environment, context: TenantContext) {
	const { tenant, settings, store } = context;
	return {
		id: tenant.id,
		name: tenant.name,
		did: issuerIds(context).issuer,
		plan: tenant.plan,
		environment,
		...(settings.tenantCounters && {
			credentials_issued_this_month: store.issuedThisMonth(environment),
			credentials_limit_this_month: settings.monthlyLimit,
		}),
	};
}
