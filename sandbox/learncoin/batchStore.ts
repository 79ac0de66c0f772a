import { newId } from './ids';
import type { CredentialDocument } from './proofs/document';
import type { MerkleTree } from './proofs/merkleTree';
import type { AnchorTransaction, BatchStatus, CredentialInput, Environment, Erasure, Revocation } from './types';

export interface StoredBatch {
	id: string;
	environment: Environment;
	status: BatchStatus;
	/** ms since epoch */
	createdAt: number;
	anchoredAt?: number;
	merkleRoot?: string;
	anchorTransaction?: AnchorTransaction;
	/** Over the documents in the order of the credentials; missing where proofs are placeholders. */
	tree?: MerkleTree;
	error?: string;
	/** In the order of the request. */
	credentials: StoredCredential[];
}

export interface StoredCredential {
	id: string;
	batch: StoredBatch;
	/** Name and email are gone after an erasure: they are the mapping that it deletes (docs/api/learncoin.md 8). */
	recipient: { id: string; name?: string; email?: string | undefined };
	input: Omit<CredentialInput, 'recipient'>;
	/** Set when the batch is anchored, without its proof; an erasure leaves it alone unless the settings say otherwise. */
	document?: CredentialDocument;
	/** Its proof as it was written last, and in which form. */
	proofValue?: { form: string; text: string };
	revocation?: Revocation;
	erasure?: Erasure;
}

/** Every batch and credential, the failed, revoked and erased ones too. */
export class BatchStore {
	private readonly batchesById = new Map<string, StoredBatch>();
	private readonly credentialsById = new Map<string, StoredCredential>();

	create(environment: Environment, inputs: CredentialInput[]): StoredBatch {
		const batch: StoredBatch = { id: newId('bat'), environment, status: 'pending', createdAt: Date.now(), credentials: [] };
		batch.credentials = inputs.map(({ recipient: { id, name, email }, ...input }) => ({
			id: newId('crd'),
			batch,
			recipient: { id, name, email },
			input,
		}));
		this.batchesById.set(batch.id, batch);
		for (const credential of batch.credentials) this.credentialsById.set(credential.id, credential);
		return batch;
	}

	/** False once a reset has forgotten it. */
	has(batch: StoredBatch): boolean {
		return this.batchesById.get(batch.id) === batch;
	}

	/** A key sees only its own environment (docs/api/learncoin.md 1). */
	findBatch(id: string, environment: Environment): StoredBatch | undefined {
		const batch = this.batchesById.get(id);
		return batch?.environment === environment ? batch : undefined;
	}

	findCredential(id: string, environment: Environment): StoredCredential | undefined {
		const credential = this.credentialsById.get(id);
		return credential?.batch.environment === environment ? credential : undefined;
	}

	/** In any environment: for the public page, which knows no key. */
	findPublicCredential(id: string): StoredCredential | undefined {
		return this.credentialsById.get(id);
	}

	/** In the order of creation. */
	batches(): StoredBatch[] {
		return [...this.batchesById.values()];
	}

	/** In the order of creation. */
	credentials(): StoredCredential[] {
		return [...this.credentialsById.values()];
	}

	/**
	 * Credentials of this calendar month (UTC) whose batch didn't fail. Which day the real counter starts on is unknown
	 * (docs/api/learncoin.md 9).
	 */
	issuedThisMonth(environment: Environment): number {
		const now = new Date();
		const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
		return this.batches()
			.filter((batch) => batch.environment === environment && batch.status !== 'failed' && batch.createdAt >= monthStart)
			.reduce((count, { credentials }) => count + credentials.length, 0);
	}

	clear(): void {
		this.batchesById.clear();
		this.credentialsById.clear();
	}
}
