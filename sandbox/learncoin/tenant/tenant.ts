/** The one tenant of the sandbox. */
export interface Tenant {
	id: string;
	name: string;
	/** What stands for the tenant in DIDs. */
	slug: string;
	plan: string;
	awardingBody: Record<string, unknown>;
	verifyPageBranding: { accent_color?: string; logo_url?: string };
}

/** Id and name stay the same between starts; the key doesn't, see `issuerAccounts`. */
export function seedTenant(): Tenant {
	return {
		id: 'tnt_01SANDBX000000000000000000',
		name: 'Sandbox Academy',
		slug: 'sandbox-academy',
		plan: 'starter',
		awardingBody: {},
		verifyPageBranding: {},
	};
}
