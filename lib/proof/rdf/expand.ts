import { getInitialContext, type ExpansionOptions, type LibraryEvent } from 'jsonld/lib/context.js';
import ContextResolver from 'jsonld/lib/ContextResolver.js';
import library from 'jsonld/lib/expand.js';
import addresses from 'jsonld/lib/url.js';
import values from 'jsonld/lib/util.js';

import type { JsonObject } from '../../values/json';
import { TooMuchWork, type Work } from '../breather';
import { contexts } from './contexts';

/** A document in which every name is written out in full, and what fell by the wayside. */
export interface Expanded {
	nodes: unknown[];
	events: LibraryEvent[];
	options: ExpansionOptions;
}

/** A document that can't be read as JSON-LD: in plain words what it has, as the library tells it. */
export class NotJsonLd extends Error {
	override name = 'NotJsonLd';
}

/** What a context comes to is worked out once for all documents; only for those that come with this package, so that it can't grow. */
const processed = new Map<string, unknown>();
const shared = {
	get: (key: string) => processed.get(key),
	set: (key: string, value: unknown) => void (contexts.has(key) && processed.set(key, value)),
};

/**
 * The library goes down into a document by calling itself in this way, and copies contexts for each part: hundreds of parts took half a second in
 * one go. So each call counts as a piece of work.
 */
const expandElement = library.expand;
library.expand = async (part) => {
	await part.options.work?.piece();
	return await expandElement(part);
};

/**
 * It copies the terms of a context, with all that each has inside, for every part of a document, which took a third of the time. Nothing changes a term
 * once it is defined, so a copy of the list is enough.
 */
const clone = values.clone;
values.clone = (value) => (value instanceof Map ? new Map(value) : clone(value));

/** Characters of an address that is not a full one. The library takes such a path apart step by step, with the square of its length. */
const longestPath = 1_000;

const takeApart = addresses.removeDotSegments;
addresses.removeDotSegments = (path) => {
	if (path.length > longestPath) throw new NotJsonLd(`an address in it that is not a full one is longer than ${longestPath} characters`);
	return takeApart(path);
};

/** @throws NotJsonLd, TooMuchWork */
export async function expand(document: JsonObject, work: Work): Promise<Expanded> {
	const events: LibraryEvent[] = [];
	const resolver = new ContextResolver({ sharedCache: shared });
	const options: ExpansionOptions = {
		base: '',
		// The library asks for each context where it comes to it, also for those that types bring along: the only place where it can be held up.
		contextResolver: {
			async resolve(request) {
				await work.piece();
				return await resolver.resolve(request);
			},
		},
		documentLoader: async (url) => {
			const document = contexts.get(url);
			if (!document) throw new NotJsonLd(`the context ${url.slice(0, 200)} does not come with this package`);
			return { document: structuredClone(document), documentUrl: url, tag: 'static' };
		},
		eventHandler: [({ event }) => void events.push(event)],
		work,
	};
	const nodes = await library.expand({ activeCtx: getInitialContext(options), element: document, options }).catch(refuse);
	return { nodes: nodes === null || nodes === undefined ? [] : Array.isArray(nodes) ? (nodes as unknown[]) : [nodes], events, options };
}

/** The libraries trip over a field called `hasOwnProperty`, say: whatever they stumble over is the document's doing. @throws always */
export function refuse(error: unknown): never {
	if (error instanceof TooMuchWork || error instanceof NotJsonLd) throw error;
	throw new NotJsonLd(isLibraryError(error) ? toldBy(error) : 'the document cannot be read as JSON-LD');
}

interface LibraryError extends Error {
	details?: { code?: unknown; cause?: unknown };
}

const isLibraryError = (error: unknown): error is LibraryError => error instanceof Error && error.name.startsWith('jsonld.');

const toldBy = ({ message, details }: LibraryError): string =>
	details?.cause instanceof NotJsonLd
		? details.cause.message
		: `${typeof details?.code === 'string' ? `${details.code}: ` : ''}${message}`.slice(0, 300);
