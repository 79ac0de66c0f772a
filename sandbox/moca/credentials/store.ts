import { newCoreClaimHash, newVcId, userUuidOf } from './ids';

/** One credential that the sandbox issued. */
export interface IssuedCredential {
	coreClaimHash: string;
	/** The issuance program. */
	credentialId: string;
	issuerDid: string;
	recipientEmail: string;
	userUuid: string;
	vcId: string;
	/** `YYYY-MM-DD HH:mm:ss`; the zone is undocumented (docs/api/moca.md 4), here it is UTC. */
	issuanceDate: string;
	vcStatus: string;
	credentialSubject: Record<string, unknown>;
	/** True once a later issue with `onDuplicate: revoke` replaced it. */
	revoked: boolean;
}

/** A credential as it is kept: its state on the chain is worked out whenever someone looks. */
export interface StoredCredential extends Omit<IssuedCredential, 'vcStatus'> {
	/** ms since epoch */
	issuedAt: number;
	/** Status calls so far. */
	polls: number;
}

type NewCredential = Pick<StoredCredential, 'credentialId' | 'issuerDid' | 'recipientEmail' | 'credentialSubject'>;

/** Every credential ever issued, also the revoked ones. */
export class CredentialStore {
	private byHash = new Map<string, StoredCredential>();
	private byLearnerAndProgram = new Map<string, StoredCredential[]>();

	issue(credential: NewCredential): StoredCredential {
		const issuedAt = Date.now();
		const stored: StoredCredential = {
			coreClaimHash: newCoreClaimHash(),
			...credential,
			userUuid: userUuidOf(credential.recipientEmail),
			vcId: newVcId(),
			issuanceDate: new Date(issuedAt).toISOString().slice(0, 19).replace('T', ' '),
			revoked: false,
			issuedAt,
			polls: 0,
		};
		this.byHash.set(stored.coreClaimHash, stored);
		const key = learnerAndProgram(stored.recipientEmail, stored.credentialId);
		this.byLearnerAndProgram.set(key, [...(this.byLearnerAndProgram.get(key) ?? []), stored]);
		return stored;
	}

	find(coreClaimHash: string): StoredCredential | undefined {
		return this.byHash.get(coreClaimHash);
	}

	/** What a learner holds of a program. The documents also speak of user + schema as the key of a duplicate (docs/api/moca.md 3.4). */
	activeFor(recipientEmail: string, credentialId: string): StoredCredential[] {
		return (this.byLearnerAndProgram.get(learnerAndProgram(recipientEmail, credentialId)) ?? []).filter(({ revoked }) => !revoked);
	}

	/** In the order of issuing. */
	all(): StoredCredential[] {
		return [...this.byHash.values()];
	}

	clear(): void {
		this.byHash.clear();
		this.byLearnerAndProgram.clear();
	}
}

function learnerAndProgram(recipientEmail: string, credentialId: string): string {
	return `${recipientEmail.toLowerCase()}\n${credentialId}`;
}
