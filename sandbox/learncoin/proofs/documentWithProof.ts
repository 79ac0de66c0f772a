import type { StoredCredential } from '../batchStore';
import { networkOf } from './anchorBatch';
import { issuerIds, type IdsContext } from './did';
import { documentOf, type CredentialDocument } from './document';
import { proofValue } from './proofValue';

interface Proof {
	type: 'MerkleProof2019';
	/** ISO 8601 UTC; outside of what the proof covers, as all of it is. */
	created: string;
	proofPurpose?: 'assertionMethod';
	verificationMethod: string;
	proofValue: string;
}

export type ProvenDocument = CredentialDocument & { proof: Proof };

/** Looks like base58 in multibase, and says what it is. */
const placeholderValue = 'zSandboxFakeProofDoesNotVerify';

/** The document of a credential whose batch is anchored; undefined before. */
export function documentWithProof(credential: StoredCredential, context: IdsContext): ProvenDocument | undefined {
	const { document, batch } = credential;
	if (!document || batch.anchoredAt === undefined) return undefined;
	return { ...document, proof: proof(batch.anchoredAt, valueFor(credential, context), context) };
}

/** A document that isn't anchored yet. It has another id each time: nobody has signed it. */
export function unanchoredDocument(credential: StoredCredential, context: IdsContext, withPlaceholder: boolean) {
	const issuer = { id: issuerIds(context).issuer, name: context.tenant.name };
	const document = documentOf(credential, issuer, context.settings);
	return withPlaceholder ? { ...document, proof: proof(credential.batch.createdAt, placeholderValue, context) } : document;
}

function proof(createdAt: number, value: string, context: IdsContext): Proof {
	return {
		type: 'MerkleProof2019',
		created: new Date(createdAt).toISOString(),
		...(context.settings.proofHasPurpose && { proofPurpose: 'assertionMethod' }),
		verificationMethod: issuerIds(context).verificationMethod,
		proofValue: value,
	};
}

/**
 * The text of a credential's proof. Base58 takes half a millisecond for one of a large batch, and tests read every credential again and
 * again, so it is kept with the credential until it is written otherwise.
 */
function valueFor(credential: StoredCredential, { settings }: IdsContext): string {
	const { batch } = credential;
	if (!batch.tree || !batch.anchorTransaction) return placeholderValue;
	const form = [settings.proofHashes, settings.proofValueForm, settings.anchorChain].join();
	if (credential.proofValue?.form !== form) {
		const leaf = batch.credentials.indexOf(credential);
		const proven = { targetHash: batch.tree.leaf(leaf), path: batch.tree.pathOf(leaf), merkleRoot: batch.tree.root() };
		const text = proofValue({ ...proven, network: networkOf(batch), transaction: batch.anchorTransaction.hash }, settings);
		credential.proofValue = { form, text };
	}
	return credential.proofValue.text;
}
