import { expand } from '../../../lib/proof/rdf/expand';
import { hashOf } from '../../../lib/proof/rdf/hash';
import type { JsonObject } from '../../../lib/values/json';
import { bakePng } from '../badges/bake';
import { alone } from './alone';
import { coveredBadge, proofValueOf, sha256 } from './synthetic';

/** SYNTHETIC files, each made to take a check as long as it can: by what there is much of. */
export const hostileBadges = (): Array<[name: string, content: JsonObject | string | Buffer]> => [
	['4,000 blank nodes', badge({ evidence: list(4_000, () => ({ name: 'x' })) })],
	['blank nodes, as many as are read', badge({ evidence: list(900, (at) => ({ name: `${at}` })) })],
	['blank nodes that look alike', badge({ evidence: list(900, () => ({ type: 'Evidence', name: 'x' })) })],
	['a ring of blank nodes', badge({ evidence: list(600, (at) => ({ id: `_:${at}`, evidence: { id: `_:${(at + 1) % 600}` } })) })],
	['a clique of blank nodes', badge({ evidence: clique(9) })],
	['a large clique of blank nodes', badge({ evidence: clique(50) })],
	['a hub of blank nodes', badge({ evidence: list(600, (at) => ({ id: `_:x${at}`, evidence: { id: '_:hub' } })) })],
	['alignments', badge({}, { alignment: list(300, (at) => ({ type: ['Alignment'], targetName: `${at}`, targetUrl: `urn:a:${at}` })) })],
	['texts in one list', badge({}, { tag: list(2_900, (at) => `tag ${at}`) })],
	['as many texts in one list as are compared', badge({}, { tag: list(310, (at) => `tag ${at}`) })],
	['types', badge({ type: ['VerifiableCredential', ...list(2_800, (at) => `https://a.example/${at}`)] })],
	['known types', badge({ type: list(2_800, (at) => known[at % known.length]) })],
	[
		'types in every combination',
		badge({}, { related: list(300, (at) => ({ id: `urn:x:${at}`, type: known.filter((_, bit) => (at >> bit) & 1) })) }),
	],
	['a large @graph', badge({ '@graph': list(900, (at) => ({ id: `urn:g:${at}`, name: 'x' })) })],
	['graphs within', badge({ '@graph': list(400, (at) => ({ id: `urn:g:${at}`, '@graph': [{ id: `urn:h:${at}`, name: 'x' }] })) })],
	['statements the other way round', badge({ '@reverse': { 'urn:r': list(900, (at) => ({ id: `urn:x:${at}` })) } })],
	['nodes included', badge({ '@included': list(900, (at) => ({ id: `urn:x:${at}`, name: 'x' })) })],
	['levels', badge({ evidence: nested(50, { name: 'x' }, (inner) => ({ name: 'y', evidence: inner })) })],
	['two million levels', `{"a":${'['.repeat(2_000_000)}`],
	['names that no context knows', badge(Object.fromEntries(list(2_800, (at) => [`field${at}`, 'x'])))],
	['the same unknown name everywhere', badge({ evidence: list(900, (at) => ({ id: `urn:x:${at}`, grade: 'x' })) })],
	['names that are addresses', badge(Object.fromEntries(list(2_800, (at) => [`urn:y${at}`, 'x'])))],
	['addresses that are not full ones', badge({ evidence: list(900, (at) => ({ id: `x${at}`, name: 'x' })) })],
	['a long way up', badge({ id: '../'.repeat(80_000) })],
	['a way up of 4 MB', badge({ id: '../'.repeat(1_300_000) })],
	[
		'a long ID in many statements',
		badge({ id: `urn:${'x'.repeat(240_000)}`, ...Object.fromEntries(list(2_000, (at) => [`urn:${at}`, 1])) }),
	],
	[
		'an ID to be escaped in many statements',
		badge({ id: `urn:${'<'.repeat(3_000)}`, ...Object.fromEntries(list(2_600, (at) => [`urn:${at}`, 1])) }),
	],
	['a context of thousands of terms', badge({ '@context': [...contexts, terms(2_800)] })],
	[
		'a context of as many terms as are read',
		badge({ '@context': [...contexts, terms(60)], ...Object.fromEntries(list(2_600, (at) => [`t${at}`, 'x'])) }),
	],
	[
		'a long prefix, used often',
		badge({ '@context': [...contexts, { p: `urn:${'x'.repeat(1_900)}/` }], ...Object.fromEntries(list(2_800, (at) => [`p:${at}`, 1])) }),
	],
	[
		'a long base, used often',
		badge({ '@context': [...contexts, { '@base': `https://a.example/${'x/'.repeat(400)}` }], type: list(2_800, (at) => `${at}`) }),
	],
	['contexts within contexts', badge({ evidence: list(300, (at) => ({ '@context': { [`a${at}`]: `urn:${at}` }, id: `urn:x:${at}` })) })],
	['the same contexts again and again', badge({ '@context': list(2_800, () => contexts[0]) })],
	['proofs', { ...badge({}), proof: list(900, (at) => ({ ...proofOf(sha256('')), id: `urn:${at}` })) }],
	['a proof of 4 MB', { ...badge({}), proof: { ...proofOf(sha256('')), proofValue: 'z'.repeat(4_500_000) } }],
	['the longest proof that is read', { ...badge({}), proof: { ...proofOf(sha256('')), proofValue: `z${'A'.repeat(4_095)}` } }],
	['a picture of 4 MB as a text', badge({}, { image: picture(4_000_000) })],
	['a picture of 4 MB as an object', badge({}, { image: { id: picture(4_000_000), type: 'Image' } })],
	['a picture of 2 MB as an object', badge({}, { image: { id: picture(2_000_000), type: 'Image' } })],
	['a text of 2 MB', badge({ description: 'x'.repeat(2_000_000) })],
	['the longest text that is read', badge({ description: 'x'.repeat(245_000) })],
	['the longest text, all of it to be escaped', badge({ description: '"'.repeat(245_000) })],
	['5 MB to be escaped', `{"a":"${'\\"'.repeat(2_500_000)}"}`],
	['5 MB of commas', `[${','.repeat(5_000_000)}`],
	['5 MB of digits', `{"a":${'1'.repeat(5_000_000)}}`],
	['5 MB of letters that take two bytes', Buffer.from('é'.repeat(2_500_000))],
	['5 MB that is no text', Buffer.alloc(5_000_000, 0xff)],
	['a PNG of 400,000 parts', Buffer.concat([bakePng(undefined).subarray(0, 8), ...list(400_000, () => emptyChunk)])],
	['an SVG of a million entities', Buffer.from(`<svg><openbadges:credential>${'&lt;'.repeat(1_200_000)}</openbadges:credential></svg>`)],
	['an SVG of elements', Buffer.from(`<svg>${'<g/>'.repeat(1_240_000)}</svg>`)],
];

/** As what a program gives that says of itself that it is right: so that what comes behind the hash is worked on, too. */
export async function provenByItself(content: JsonObject | string | Buffer): Promise<Buffer> {
	if (typeof content === 'string' || Buffer.isBuffer(content)) return Buffer.from(content);
	const { proof, ...bare } = JSON.parse(JSON.stringify(content)) as JsonObject;
	const isOurs = JSON.stringify(proof) === JSON.stringify(proofOf(sha256('')));
	const hash = isOurs
		? await expand(bare, alone)
				.then(
					(expanded) => hashOf(expanded, alone),
					() => undefined,
				)
				.catch(() => undefined)
		: undefined;
	return Buffer.from(JSON.stringify(hash === undefined ? content : { ...bare, proof: proofOf(Buffer.from(hash, 'hex')) }));
}

const contexts = coveredBadge()['@context'] as string[];
const known = ['Achievement', 'Profile', 'Alignment', 'Related', 'Result', 'Evidence', 'Image', 'Criteria'];

const proofOf = (hash: Buffer) => ({ type: 'MerkleProof2019', proofValue: proofValueOf({ root: hash, target: hash }) });

function badge(fields: JsonObject, achievement: JsonObject = {}): JsonObject {
	const document = coveredBadge();
	const subject = document.credentialSubject as JsonObject & { achievement: JsonObject };
	const credentialSubject = { ...subject, achievement: { ...subject.achievement, ...achievement } };
	return { ...document, credentialSubject, ...fields, proof: proofOf(sha256('')) };
}

const list = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

const clique = (count: number) =>
	list(count, (at) => ({ id: `_:${at}`, type: 'Evidence', evidence: list(count, (to) => ({ id: `_:${to}` })) }));

const nested = (levels: number, value: JsonObject, around: (inner: JsonObject) => JsonObject): JsonObject =>
	levels === 0 ? value : around(nested(levels - 1, value, around));

const terms = (count: number) => Object.fromEntries(list(count, (at) => [`t${at}`, `https://a.example/${at}`]));

const picture = (characters: number) => `data:image/png;base64,${'iVBORw0K'.repeat(characters / 8)}`;

const emptyChunk = Buffer.concat([Buffer.alloc(4), Buffer.from('iTXt'), Buffer.alloc(4)]);
