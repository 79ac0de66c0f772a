import { JwksCache } from './jwks';
import { PartnerRegistry, type RegisteredPartner } from './partners';
import { seedPrograms, type SandboxProgram } from './programs';
import { defaultMocaSettings, type MocaSettings } from './settings';
import { CredentialStore } from './store';

/** Everything the Moca half remembers. */
export interface MocaState {
	settings: MocaSettings;
	programs: SandboxProgram[];
	partners: PartnerRegistry;
	jwks: JwksCache;
	store: CredentialStore;
}

/** A Moca without partners and credentials, and with the seeded programs. */
export function createMocaState(overrides: Partial<MocaSettings> = {}): MocaState {
	const settings = { ...defaultMocaSettings(), ...overrides };
	return {
		settings,
		programs: seedPrograms(),
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
