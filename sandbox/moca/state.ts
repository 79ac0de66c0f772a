import type { CatalogData } from './catalog/entries';
import { seedCatalog } from './catalog/seed';
import { CredentialStore } from './credentials/store';
import { JwksCache } from './partners/jwks';
import { PartnerRegistry, partnerSeeds, type RegisteredPartner } from './partners/registry';
import { seedPrograms, type SandboxProgram } from './programs';
import { defaultMocaSettings, type MocaSettings } from './settings';

/** Everything the Moca half remembers. */
export interface MocaState {
	settings: MocaSettings;
	programs: SandboxProgram[];
	catalog: CatalogData;
	partners: PartnerRegistry;
	jwks: JwksCache;
	store: CredentialStore;
}

/** A Moca without partners and credentials, and with the seeded programs. */
export function createMocaState(overrides: Partial<MocaSettings> = {}): MocaState {
	const settings = { ...defaultMocaSettings(), ...overrides };
	const programs = seedPrograms();
	return {
		settings,
		programs,
		catalog: seedCatalog(programs, partnerSeeds.rsa.issuerDid),
		partners: new PartnerRegistry(),
		jwks: new JwksCache(() => settings.jwksCacheMs),
		store: new CredentialStore(),
	};
}

/** Makes a partner known, or moves a known one's JWKS. Whoever registers again expects the key set to be read again. */
export function registerPartner({ partners, jwks }: MocaState, partner: RegisteredPartner): void {
	jwks.forget(partner.jwksUrl);
	partners.register(partner);
}
