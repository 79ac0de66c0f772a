/**
 * Decodes the format that n8n stores execution data in (the npm package flatted): a JSON array whose first entry is the root, and where
 * every string inside an object or list is the index of the entry that stands there.
 *
 * @throws SyntaxError when the text isn't JSON
 */
export function parseFlatted(text: string): unknown {
	const entries = JSON.parse(text) as unknown[];
	const done = new Set<object>();
	const resolve = (reference: unknown): unknown => {
		if (typeof reference !== 'string') return reference;
		const entry = entries[Number(reference)];
		if (typeof entry === 'object' && entry !== null && !done.has(entry)) {
			done.add(entry);
			const holder = entry as Record<string, unknown>;
			for (const key of Object.keys(holder)) holder[key] = resolve(holder[key]);
		}
		return entry;
	};
	return resolve('0');
}
