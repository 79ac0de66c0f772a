import type { CatalogData } from './catalog/entries';
import { issuedCredential } from './credentials/status';
import type { IssuedCredential } from './credentials/store';
import { openPartner, partnerSeeds, type RegisteredPartner, type SandboxPartner } from './partners/registry';
import type { SandboxProgram } from './programs';
import { mocaBasePath } from './routes';
import type { MocaSettings } from './settings';
import { registerPartner, type MocaState } from './state';

/** The Moca half of a running sandbox, as tests and the demo use it. */
export interface MocaSandbox {
	/** What a user enters as the API base address; ends in `/v1`. */
	apiBaseUrl: string;
	/** What a user enters as the catalog's base address; the same catalog is below `apiBaseUrl` as well. */
	catalogBaseUrl: string;
	/** A partner with an RS256 key. */
	partner: SandboxPartner;
	/** A second partner, with an ES256 key. */
	ecPartner: SandboxPartner;
	/** Live: a change counts from the next request on. */
	settings: MocaSettings;
	programs: SandboxProgram[];
	/** Live: an entry that is added is there from the next request on. */
	catalog: CatalogData;
	/** Every credential ever issued, in the order of issuing, the revoked ones too. */
	issued(): IssuedCredential[];
	/** What a recipient holds of a program, without the revoked ones. */
	activeFor(email: string, credentialId: string): IssuedCredential[];
	/** Makes a partner known, or moves a known one's JWKS. `jwksUrl` is http(s):// or file://. */
	registerPartner(partner: RegisteredPartner): void;
}

/** Opens the Moca half at the address the sandbox got: makes the seeded partners' key pairs and registers them. */
export async function openMoca(state: MocaState, sandboxUrl: string): Promise<MocaSandbox> {
	const { settings, programs, catalog, store, partners } = state;
	const [partner, ecPartner] = await Promise.all([
		openPartner(partners, partnerSeeds.rsa, sandboxUrl),
		openPartner(partners, partnerSeeds.ec, sandboxUrl),
	]);
	return {
		apiBaseUrl: `${sandboxUrl}${mocaBasePath}`,
		catalogBaseUrl: sandboxUrl,
		partner,
		ecPartner,
		settings,
		programs,
		catalog,
		issued: () => store.all().map((credential) => issuedCredential(credential, settings)),
		activeFor: (email, credentialId) => store.activeFor(email, credentialId).map((credential) => issuedCredential(credential, settings)),
		registerPartner: (registered) => registerPartner(state, registered),
	};
}
