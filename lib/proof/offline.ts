import type { JsonObject } from '../values/json';
import { proofOf, type FoundProof } from './document/proofOf';
import { walk } from './merkle/path';
import { TooMuchWork, type Work } from './breather';
import { unknownContexts, whyTooMuch } from './rdf/contexts';
import { notCovered } from './rdf/coverage';
import { expand, NotJsonLd, type Expanded } from './rdf/expand';
import { hashOf } from './rdf/hash';
import { isRenamed } from './rdf/renamed';
import type { Finding, Findings } from './verdict';

/** What the document tells by itself. */
export interface Offline {
	findings: Findings;
	/** Set when the format holds. */
	proof?: FoundProof;
	/** Ways through the document: `issuanceDate`. Only where the hash is known. */
	notCovered: string[];
}

/** Format, hash, coverage and path: mathematics alone, without any request. */
export async function checkOffline(document: JsonObject, work: Work): Promise<Offline> {
	const reading = proofOf(document);
	if (!reading.ok) return { findings: { format: { verdict: 'fails', reason: reading.why } }, notCovered: [] };
	const { proof } = reading;
	const format: Finding = { verdict: 'holds', reason: 'It is a document with a MerkleProof2019 that can be read.' };
	const { hash, coverage, uncovered } = await checkHash(document, proof, work);
	return { findings: { format, hash, ...(coverage && { coverage }), path: checkPath(proof) }, proof, notCovered: uncovered };
}

interface HashCheck {
	hash: Finding;
	coverage?: Finding;
	uncovered: string[];
}

async function checkHash(document: JsonObject, { value, hashed }: FoundProof, work: Work): Promise<HashCheck> {
	const unknown = unknownContexts(document);
	if (unknown.length > 0) {
		const named = unknown.slice(0, 3).map((url) => url.slice(0, 200));
		return open(
			`Its hash cannot be worked out, because a context does not come with this package: ${named.join(', ')}. That says nothing against it.`,
		);
	}
	const tooMuch = whyTooMuch(document);
	if (tooMuch !== undefined) return open(`Its hash cannot be worked out, because its contexts are more than any badge needs: ${tooMuch}.`);
	try {
		for (const candidate of hashed) {
			const expanded = await expand(candidate, work);
			await work.piece();
			// Hashing takes the expanded form apart.
			const nodes = structuredClone(expanded.nodes);
			if ((await hashOf(expanded, work)) === value.targetHash) return await covered(candidate, { ...expanded, nodes }, work);
		}
	} catch (error) {
		if (error instanceof NotJsonLd) return open(`Its hash cannot be worked out, because its contexts cannot be read: ${error.message}.`);
		if (error instanceof TooMuchWork) return open('Its hash cannot be worked out: that takes more steps than any badge needs.');
		return await Promise.reject(error);
	}
	return {
		hash: {
			verdict: 'fails',
			reason:
				'Its hash is another one than its proof was made for: it was changed after it was issued, or the proof belongs to another document.',
			means: 'altered',
		},
		uncovered: [],
	};
}

const open = (reason: string): HashCheck => ({ hash: { verdict: 'notProven', reason }, uncovered: [] });

/** Without these a badge says nothing: who issued it, to whom, for what. Anybody could write another learner's name into a genuine one. */
const essentials: readonly string[] = [
	...['issuer', 'issuer.id', 'credentialSubject', 'credentialSubject.id', 'credentialSubject.name'],
	...['credentialSubject.achievement', 'credentialSubject.achievement.id', 'credentialSubject.achievement.name'],
];

async function covered(document: JsonObject, { nodes, events }: Expanded, work: Work): Promise<HashCheck> {
	const hash: Finding = { verdict: 'holds', reason: 'Its hash is the one its proof was made for: what the proof covers is unchanged.' };
	const uncovered = await notCovered(document, events, work);
	if (await isRenamed(document, nodes, work)) {
		const reason = 'A context that is written into the document changes what its fields mean, so they cannot be taken by their names.';
		return { hash, coverage: { verdict: 'fails', reason }, uncovered };
	}
	const essential = uncovered.filter((path) => essentials.includes(path));
	if (essential.length > 0) {
		const reason = `The proof does not cover ${essential.slice(0, 5).join(', ')}, so it says nothing of whose badge it is, or for what.`;
		return { hash, coverage: { verdict: 'fails', reason }, uncovered };
	}
	const coverage: Finding =
		uncovered.length === 0
			? { verdict: 'holds', reason: 'The proof covers every field.' }
			: {
					verdict: 'partly',
					reason: `The proof does not cover ${uncovered.slice(0, 5).join(', ')}${uncovered.length > 5 ? ` and ${uncovered.length - 5} more` : ''}: anybody can change that without being noticed.`,
				};
	return { hash, coverage, uncovered };
}

function checkPath({ value: { targetHash, path, merkleRoot } }: FoundProof): Finding {
	const way = path.length === 0 ? 'Its hash' : `The way from its hash (steps: ${path.length})`;
	return walk(targetHash, path) === merkleRoot
		? { verdict: 'holds', reason: `${way} leads to the root that the proof names.` }
		: { verdict: 'fails', reason: `${way} does not lead to the root that the proof names.`, means: 'altered' };
}
