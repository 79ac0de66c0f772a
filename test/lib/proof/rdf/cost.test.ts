import { isTooMuchToState } from '../../../../lib/proof/rdf/cost';

/** What a document states is written down by a library in one go, so how much that is is known before. Documents here are expanded ones. */
const items = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const values = (count: number, text = 'x') => items(count, (at) => ({ '@value': `${text}${at}` }));
const fields = (count: number) => Object.fromEntries(items(count, (at) => [`urn:p:${at}`, values(1)]));

it.each([
	['300 values of one property', [{ '@id': 'urn:x', 'urn:p': values(300) }]],
	['3,000 properties', [{ '@id': 'urn:x', ...fields(3_000) }]],
	['a picture in three statements', [{ 'urn:p': values(3, 'x'.repeat(2_500_000)) }]],
	['a long text to be escaped', [{ 'urn:p': values(1, '"'.repeat(300_000)) }]],
])('%s are not too much', (_, nodes) => {
	expect(isTooMuchToState(nodes)).toBe(false);
});

const longId = `urn:${'x'.repeat(100_000)}`;
const idToEscape = `urn:${'<'.repeat(5_000)}`;

it.each([
	['values of one property, as each is compared with all', [{ '@id': 'urn:x', 'urn:p': values(320) }]],
	['the same, of a node that is written in many places', items(320, (at) => ({ '@id': 'urn:x', 'urn:p': [{ '@value': at }] }))],
	['the same, said the other way round', items(320, (at) => ({ '@id': `urn:${at}`, '@reverse': { 'urn:p': [{ '@id': 'urn:x' }] } }))],
	['statements about a node with a long ID', [{ '@id': longId, ...fields(90) }]],
	['statements in a graph with a long ID', [{ '@id': longId, '@graph': [{ '@id': 'urn:x', ...fields(90) }] }]],
	['statements about a node with an ID that has to be escaped', [{ '@id': idToEscape, ...fields(90) }]],
	[
		'statements that lead to a long ID',
		[{ '@id': 'urn:x', ...Object.fromEntries(items(90, (at) => [`urn:p:${at}`, [{ '@id': longId }]])) }],
	],
	['text to be escaped', [{ 'urn:p': values(1, '\n'.repeat(500_000)) }]],
])('%s are too much', (_, nodes) => {
	expect(isTooMuchToState(nodes)).toBe(true);
});
