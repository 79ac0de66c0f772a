import type { INodeExecutionData } from 'n8n-workflow';

/** `={{ $json.name }}` and no more: a way of names into the item, also as `$json.body["full name"]`. */
const onlyAField = /^=\{\{\s*\$json((?:\.[A-Za-z_]\w*|\[(?:'[^'\\\]]*'|"[^"\\\]]*")\])+)\s*\}\}$/;
const steps = /\.(\w+)|\['([^']*)'\]|\["([^"]*)"\]/g;

/** @returns the names, from the item to the field; undefined for any other expression */
export function fieldOf(raw: unknown): string[] | undefined {
	const [, way] = (typeof raw === 'string' ? onlyAField.exec(raw) : undefined) ?? [];
	return way === undefined ? undefined : [...way.matchAll(steps)].map(([, plain, single, double]) => plain ?? single ?? double ?? '');
}

/** Makes of an item's `json` what a parameter comes to for it; adds of which types the fields are. @throws notPlain where it is for n8n to say */
type Template = (json: unknown, types: string[]) => unknown;

const notPlain = new Error('Not a text, a number or a boolean');

/** @returns undefined for a parameter that holds any other expression than fields */
export function templateOf(raw: unknown): Template | undefined {
	if (typeof raw === 'string' && raw.startsWith('=')) {
		const field = fieldOf(raw);
		return field && ((json, types) => fieldIn(json, field, types));
	}
	if (typeof raw !== 'object' || raw === null) return () => raw;
	const entries = Object.entries(raw).map(([name, inner]) => [name, templateOf(inner)] as const);
	if (!entries.every((entry): entry is [string, Template] => entry[1] !== undefined)) return undefined;
	return (json, types) => {
		const read = entries.map(([name, inner]) => [name, inner(json, types)] as const);
		return Array.isArray(raw) ? read.map(([, value]) => value) : Object.fromEntries(read);
	};
}

function fieldIn(json: unknown, field: string[], types: string[]): unknown {
	let value = json;
	for (const step of field) {
		if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, step)) throw notPlain;
		value = (value as Record<string, unknown>)[step];
	}
	if (typeof value !== 'string' && typeof value !== 'boolean' && !Number.isFinite(value)) throw notPlain;
	types.push(typeof value);
	return value;
}

/** What has to agree before n8n isn't asked any more: of one item alone, nobody can tell whether `$json` moves on with the items. */
const agreeing = 2;

/**
 * Reads parameters whose expressions are fields of the item and nothing else, as most of a table's are, without n8n's evaluation, which takes
 * most of a millisecond for each. The first two items are read in both ways, and where that isn't the same, n8n is asked for all; so it is for
 * what isn't a text, a number or a boolean, or is of another type than with those two, which n8n might convert.
 */
export function plainFields(items: readonly INodeExecutionData[]) {
	const agreed = new Map<string, { count: number; types?: string }>();
	return (name: string, template: Template, index: number, askN8n: () => unknown): unknown => {
		const { count, types } = agreed.get(name) ?? { count: 0 };
		const found: string[] = [];
		let own: unknown;
		try {
			own = template(items[index]?.json, found);
		} catch {
			return askN8n();
		}
		if (types !== undefined && types !== found.join()) return askN8n();
		if (count >= agreeing) return own;
		const theirs = askN8n();
		const isSame = JSON.stringify(theirs) === JSON.stringify(own);
		agreed.set(name, isSame ? { count: count + 1, types: found.join() } : { count: 0, types: 'none' });
		return theirs;
	};
}
