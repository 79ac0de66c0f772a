/** The package has no types of its own; this is the part of it that is used here. */
declare module 'rdf-canonize' {
	/** RDFC-1.0 over a dataset of RDF/JS quads. Rejects when too many blank nodes look alike. */
	export function canonize(dataset: readonly object[], options: { algorithm: 'RDFC-1.0' }): Promise<string>;
}
