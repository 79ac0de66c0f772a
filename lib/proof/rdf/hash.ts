import { createHash } from 'node:crypto';
import { toRDF } from 'jsonld/lib/toRdf.js';
import RDFC10 from 'rdf-canonize/lib/RDFC10.js';

import { TooMuchWork, type Work } from '../breather';
import { isTooMuchToState } from './cost';
import { refuse, type Expanded } from './expand';

/**
 * The hash of what a document states: SHA-256 of its canonical N-Quads (RDFC-1.0, the former URDNA2015). Adds to `expanded.events` what can't be
 * stated. The library takes the lists in it apart, so it can be hashed once.
 *
 * @returns 64 hex digits
 * @throws TooMuchWork, NotJsonLd
 */
export async function hashOf({ nodes, options }: Expanded, work: Work): Promise<string> {
	if (isTooMuchToState(nodes)) throw new TooMuchWork();
	await work.piece();
	const quads = stated(nodes, options);
	await work.piece();
	const canonical = await new RDFC10({ createMessageDigest: () => digestOf(work), signal: signalOf(work) })
		.main(quads)
		.catch((error: unknown) => refuse(isRefusal(error) ? new TooMuchWork() : error));
	await work.piece();
	return sha256(canonical);
}

function stated(...[nodes, options]: Parameters<typeof toRDF>) {
	try {
		return toRDF(nodes, options);
	} catch (error) {
		return refuse(error);
	}
}

/** The library's own refusals of what would take too long. */
const isRefusal = (error: unknown): boolean => error instanceof Error && /^(Maximum deep iterations|Abort signal)/.test(error.message);

function digestOf(work: Work) {
	const hash = createHash('sha256');
	return {
		update: (text: string) => void hash.update(text, 'utf8'),
		digest: async () => {
			await work.piece();
			return hash.digest('hex');
		},
	};
}

/** Looked at between permutations, of which there can be more than anybody can wait for, without any hash between them. */
const signalOf = (work: Work) => ({
	get aborted() {
		return work.isTooMuch();
	},
	reason: 'too much work',
});

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
