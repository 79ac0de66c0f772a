import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';
import { decodeProofValue, type ProofValue } from '../merkle/proofValue';

/** A document's proof, read. */
export interface FoundProof {
	value: ProofValue;
	/** The key that the proof names: a DID URL, or an address. */
	verificationMethod?: string;
	/** What the hash may have been made of, the likeliest first: issuers of several proofs do it in different ways. */
	hashed: JsonObject[];
}

/** A proof, or why there is none that can be checked, as a sentence. */
export type ProofReading = { ok: true; proof: FoundProof } | { ok: false; why: string };

/**
 * Finds a document's MerkleProof2019, in either of its forms, and reads it. Of several, the last one: it vouches for the others.
 */
export function proofOf(document: JsonObject): ProofReading {
	const proofs: unknown[] = [document.proof ?? []].flat();
	const index = proofs.findLastIndex(isMerkleProof);
	const proof = proofs[index];
	if (!isJsonObject(proof)) return no(whyNone(document, proofs));
	if (proof.proofPurpose !== undefined && proof.proofPurpose !== 'assertionMethod') {
		return no('The proof is for another purpose than to vouch for a badge.');
	}
	const value = decodeProofValue(proof.proofValue);
	if (!value) return no(whyUnreadable(proof.proofValue));
	const method = isJsonObject(proof.verificationMethod) ? proof.verificationMethod.id : proof.verificationMethod;
	return {
		ok: true,
		proof: {
			value,
			...(typeof method === 'string' && { verificationMethod: method }),
			hashed: hashedWith(document, proofs.slice(0, index), proof),
		},
	};
}

const no = (why: string): ProofReading => ({ ok: false, why });

const isMerkleProof = (proof: unknown): boolean =>
	isJsonObject(proof) &&
	(proof.type === 'MerkleProof2019' ||
		(proof.type === 'DataIntegrityProof' && proof.cryptosuite === 'merkle-proof-2019') ||
		(proof.type === 'ChainedProof2021' && proof.chainedProofType === 'MerkleProof2019'));

/**
 * The document without its proofs; or with those before this one, be it all of them or those it names (`previousProof`). One reference program
 * takes all, the rules of Data Integrity take those that are named.
 */
function hashedWith(document: JsonObject, before: readonly unknown[], proof: JsonObject): JsonObject[] {
	const bare = Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'proof'));
	const named: unknown[] = [proof.previousProof ?? []].flat();
	const referenced = before.filter((one) => isJsonObject(one) && named.includes(one.id));
	const embedded = named.filter(isJsonObject);
	const sets = [before, referenced, embedded].filter((proofs) => proofs.length > 0);
	return [bare, ...sets.map((proofs) => ({ ...bare, proof: proofs.length === 1 ? proofs[0] : proofs }))];
}

function whyNone(document: JsonObject, proofs: readonly unknown[]): string {
	const context = JSON.stringify(document['@context'] ?? '').slice(0, 2_000);
	if (/w3id\.org\/blockcerts\/v[12]\b|w3id\.org\/openbadges\/v[12]\b/.test(context)) {
		return 'It is a badge of Blockcerts 2 or Open Badges 2. This check is for Open Badges 3.0 and Blockcerts 3.';
	}
	if (proofs.length === 0) return 'There is no proof in it. A badge that is not anchored yet has none.';
	const types = proofs.filter(isJsonObject).map(({ type, cryptosuite }) => `“${textOf(cryptosuite ?? type).slice(0, 60)}”`);
	return `Its proof is ${types.join(', ') || 'not an object'}. This check is for MerkleProof2019.`;
}

const whyUnreadable = (value: unknown): string =>
	typeof value !== 'string' || value.trim() === ''
		? 'Its proof has no value (proofValue).'
		: 'The value of its proof (proofValue) cannot be read: it is cut off, a placeholder, or written in a way that is not known here.';
