import { newestFirst } from '../shared/newestFirst';
import { issuedCredential } from './credentials/status';
import type { IssuedCredential } from './credentials/store';
import type { RegisteredPartner } from './partners/registry';
import type { MocaSettings } from './settings';
import type { MocaState } from './state';

/** The Moca half as the page shows it. No private key is part of it. */
export interface MocaSummary {
	counters: { issued: number; onChain: number; revoked: number };
	/** The last credentials, newest first. */
	issued: Array<IssuedCredential & { programName: string }>;
	partners: RegisteredPartner[];
	programs: Array<{ credentialId: string; name: string; published: boolean }>;
	settings: MocaSettings;
}

/** @param rows how many credentials to include */
export function mocaSummary({ store, programs, settings, partners }: MocaState, rows: number): MocaSummary {
	const issued = store.all().map((credential) => issuedCredential(credential, settings));
	const programNames = new Map(programs.map(({ credentialId, name }) => [credentialId, name]));
	return {
		counters: {
			issued: issued.length,
			onChain: issued.filter(({ vcStatus, revoked }) => vcStatus === 'ONCHAIN' && !revoked).length,
			revoked: issued.filter(({ revoked }) => revoked).length,
		},
		issued: newestFirst(issued, rows).map((credential) => ({
			...credential,
			programName: programNames.get(credential.credentialId) ?? credential.credentialId,
		})),
		partners: partners.all(),
		programs: programs.map(({ credentialId, name, published }) => ({ credentialId, name, published })),
		settings,
	};
}
