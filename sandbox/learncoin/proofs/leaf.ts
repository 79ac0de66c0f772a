import { createHash } from 'node:crypto';
import { canonize } from 'rdf-canonize';
import type { CredentialDocument } from './document';
import { statementsOf } from './statements';

/**
 * The leaf of a document without its proof: SHA-256 of its canonical N-Quads (32 bytes). URDNA2015, which LearnCoin names, is RDFC-1.0
 * under its older name.
 * @throws Error when too many blank nodes look alike
 */
export async function leafOf(document: CredentialDocument): Promise<Buffer> {
	return sha256(Buffer.from(await canonize(statementsOf(document), { algorithm: 'RDFC-1.0' })));
}

export function sha256(bytes: Uint8Array): Buffer {
	return createHash('sha256').update(bytes).digest();
}
