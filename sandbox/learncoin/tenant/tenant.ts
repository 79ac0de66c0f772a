/** The one tenant of the sandbox. */
export interface Tenant {
	id: string;
	name: string;
	did: string;
	plan: string;
	awardingBody: Record<string, unknown>;
	verifyPageBranding: { accent_color?: string; logo_url?: string };
}

/** The id stays the same between starts. `.invalid` can never be a real host, so the DID resolves nowhere. */
export function seedTenant(): Tenant {
	return {
		id: 'tnt_01SANDBX000000000000000000',
		name: 'Sandbox Academy',
		did: 'did:web:learncoin-sandbox.invalid#tenant-sandbox-academy',
		plan: 'starter',
		awardingBody: {},
		verifyPageBranding: {},
	};
}
