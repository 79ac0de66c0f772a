import { isJsonObject } from '../../values/json';

/** The library compares each value of a property with all before it, in one go. */
const mostComparisons = 100_000;

/** And it writes all statements in one go: so many characters, of which those of a text with signs to be escaped count for many. */
const mostCharacters = 8_000_000;
const whereEscaped = 20;

/**
 * Whether writing down what a document states would hold n8n up.
 *
 * @param nodes the expanded document
 */
export function isTooMuchToState(nodes: unknown[]): boolean {
	const counts = new Map<string, Map<string, number>>();
	let characters = 0;
	for (const { subject, property, values, repeated } of statementsIn(nodes)) {
		const ofSubject = counts.get(subject) ?? new Map<string, number>();
		counts.set(subject, ofSubject.set(property, (ofSubject.get(property) ?? 0) + values.length));
		const each = repeated + lengthOf(property);
		for (const value of values) characters += each + objectLength(value);
	}
	const comparisons = [...counts.values()].flatMap((ofSubject) => [...ofSubject.values()]).reduce((sum, count) => sum + count ** 2, 0);
	return comparisons > mostComparisons || characters > mostCharacters;
}

interface Statements {
	subject: string;
	property: string;
	values: unknown[];
	/** The length of what stands in each statement about a node: its ID, and that of the graph that it is in. */
	repeated: number;
}

function* statementsIn(nodes: unknown[]): Generator<Statements> {
	let anonymous = 0;
	const nodeOf = (value: unknown, graph: number) => {
		const id = isJsonObject(value) ? value['@id'] : undefined;
		const subject = typeof id === 'string' ? id : `_:${++anonymous}`;
		return { value, subject, graph, repeated: graph + lengthOf(subject) };
	};
	const open = nodes.map((value) => nodeOf(value, 0));
	for (let next = open.pop(); next; next = open.pop()) {
		const { value: node, subject, graph, repeated } = next;
		if (!isJsonObject(node)) continue;
		for (const [property, values] of Object.entries(node)) {
			if (!Array.isArray(values)) continue;
			yield { subject, property, values, repeated };
			for (const value of values) open.push(nodeOf(value, property === '@graph' ? repeated : graph));
		}
		// There it is the value that something is said of.
		for (const [property, values] of Object.entries(isJsonObject(node['@reverse']) ? node['@reverse'] : {})) {
			for (const value of values as unknown[]) {
				const other = nodeOf(value, graph);
				open.push(other);
				yield { subject: other.subject, property, values: [node], repeated: other.repeated };
			}
		}
	}
}

const objectLength = (value: unknown): number =>
	isJsonObject(value) ? ['@id', '@value', '@type', '@language'].reduce((sum, name) => sum + lengthOf(value[name]), 0) : lengthOf(value);

const lengthOf = (text: unknown): number =>
	typeof text === 'string' ? text.length * (/[^ !#-;=?-[\]_a-z~\u0080-\uffff]/.test(text) ? whereEscaped : 1) : 0;
