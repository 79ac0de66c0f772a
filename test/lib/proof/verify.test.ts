import fc from 'fast-check';

import type { JsonObject } from '../../../lib/values/json';
import { hostileObject, hostileValue } from '../../support/hostile';
import { bareBadge, coveredBadge, issuerDid, leafOf, sha256, signed, transaction } from '../../support/proof/synthetic';
import { byOne, nowMs, reasonOf, rpcUrl, sendIn, silence, verdictOf, verdictsOf, verifyIn, worldWith } from '../../support/proof/world';

/** All documents here are synthetic: made for these tests in the form that LearnCoin documents. */
const withTerm = (t: JsonObject) => ({ '@context': [...(coveredBadge()['@context'] as string[]), { t }] });
const subjectOf = (document: JsonObject) => document.credentialSubject as JsonObject & { achievement: JsonObject };

describe('a badge of which all is right', () => {
	it('is genuine, with the fields that its proof does not cover by name', async () => {
		const badge = await signed(bareBadge());
		const result = await verifyIn(worldWith(badge.root), badge);
		expect(result).toMatchObject({
			valid: true,
			outcome: 'genuine',
			notCovered: ['expirationDate', 'issuanceDate'],
			issuer: { id: issuerDid, name: 'Synthetic Academy' },
			recipient: { name: 'Ada Lovelace' },
			achievement: { name: 'First Aid' },
			anchor: {
				chain: 'Base Sepolia',
				chainId: 84_532,
				transaction,
				explorerUrl: `https://sepolia.basescan.org/tx/${transaction}`,
				blockNumber: 16,
			},
		});
		expect(verdictsOf(result)).toEqual({
			...{ format: 'holds', hash: 'holds', coverage: 'partly', path: 'holds', anchor: 'holds', issuer: 'holds' },
			...{ expiry: 'partly', status: 'notChecked' },
		});
	});

	it('has nothing uncovered where its dates are those that its contexts know', async () => {
		const badge = await signed(coveredBadge());
		const result = await verifyIn(worldWith(badge.root), badge);
		expect(result).toMatchObject({
			valid: true,
			notCovered: [],
			expiresAt: '2030-01-01T00:00:00.000Z',
			issuedAt: '2026-01-01T00:00:00.000Z',
		});
		expect(verdictsOf(result)).toMatchObject({ coverage: 'holds', expiry: 'holds' });
	});

	it.each(['text', 'bytes'] as const)('is read with its hashes written as %s', async (form) => {
		const badge = await signed(coveredBadge(), { form });
		expect((await verifyIn(worldWith(badge.root), badge)).outcome).toBe('genuine');
	});

	it('is read with a proof value without the letter of multibase', async () => {
		const badge = await signed(coveredBadge());
		const proof = badge.proof as JsonObject;
		const bare = { ...badge, proof: { ...proof, proofValue: String(proof.proofValue).slice(1) } };
		expect((await verifyIn(worldWith(badge.root), bare)).outcome).toBe('genuine');
	});

	it('is read in the form of Data Integrity', async () => {
		const badge = await signed(coveredBadge(), { proof: { type: 'DataIntegrityProof', cryptosuite: 'merkle-proof-2019' } });
		expect((await verifyIn(worldWith(badge.root), badge)).outcome).toBe('genuine');
	});

	it('may have other proofs before this one, counted in or not', async () => {
		const other = { id: 'urn:uuid:1', type: 'MerkleProof2019', created: '2026-01-01T00:00:00Z', proofPurpose: 'assertionMethod' };
		for (const hashed of [coveredBadge(), { ...coveredBadge(), proof: other }]) {
			const badge = await signed(coveredBadge(), { target: await leafOf(hashed) });
			const chained = { ...badge, proof: [other, badge.proof] };
			expect((await verifyIn(worldWith(badge.root), chained)).outcome).toBe('genuine');
		}
	});

	it('is left as it was', async () => {
		const badge = await signed(bareBadge());
		const before = JSON.stringify(badge);
		await verifyIn(worldWith(badge.root), badge);
		expect(JSON.stringify(badge)).toBe(before);
	});
});

describe('a badge that was changed', () => {
	it('is altered by any change of a covered text', async () => {
		const badge = await signed(coveredBadge());
		const world = worldWith(badge.root);
		const texts = textsIn(coveredBadge()).filter(([name]) => name !== 'type');
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...texts),
				fc.nat(),
				fc.constantFrom('a', 'é', '0', ' ', '😀'),
				async ([, path, text], place, letter) => {
					const at = place % (text.length + 1);
					const changed = text.slice(0, at) + letter + text.slice(at + 1);
					fc.pre(changed !== text);
					const result = await verifyIn(world, replace(badge, path, changed));
					expect([result.valid, result.outcome]).toEqual([false, 'altered']);
					expect(verdictOf(result, 'hash')).toBe('fails');
				},
			),
			{ numRuns: 60 },
		);
	});

	it('is altered where a covered field was taken out, or one that a context knows was added', async () => {
		const badge = await signed(coveredBadge());
		const nameless = { ...subjectOf(badge), name: undefined };
		expect((await verifyIn(worldWith(badge.root), { ...badge, credentialSubject: nameless })).outcome).toBe('altered');
		expect((await verifyIn(worldWith(badge.root), { ...badge, description: 'With honours' })).outcome).toBe('altered');
	});

	it('is genuine with a field that no context knows, and the field is named wherever it stands', async () => {
		const badge = await signed(coveredBadge());
		const { achievement } = subjectOf(badge);
		const added = {
			...badge,
			grade: 'A',
			credentialSubject: { ...subjectOf(badge), achievement: { ...achievement, '@grade': 'A', '@index': 'A' } },
		};
		const result = await verifyIn(worldWith(badge.root), added);
		expect(result).toMatchObject({
			outcome: 'genuine',
			notCovered: ['credentialSubject.achievement.@grade', 'credentialSubject.achievement.@index', 'grade'],
		});
		expect(reasonOf(result, 'coverage')).toContain('grade');
	});

	it('tells apart where the same name is covered and where it is not', async () => {
		const badge = await signed(coveredBadge());
		const profile = { ...(badge.issuer as JsonObject), targetCode: '1' };
		expect(await verifyIn(worldWith(badge.root), { ...badge, issuer: profile })).toMatchObject({
			outcome: 'genuine',
			notCovered: ['issuer.targetCode'],
		});
	});

	it('is not covered at all beside an ID that is no full address', async () => {
		const badge = await signed({ ...coveredBadge(), id: '0e3b1c1e' });
		const { notCovered, outcome } = await verifyIn(worldWith(badge.root), badge);
		expect(notCovered).toEqual(expect.arrayContaining(['id', 'issuer', 'validUntil', 'credentialSubject']));
		expect(outcome).toBe('unverifiable');
	});

	it('is not valid where its proof does not cover whose it is, and for what, whatever is required', async () => {
		const { credentialSubject, ...rest } = coveredBadge();
		const untyped = { ...rest, credentialSubject: { ...(credentialSubject as JsonObject), type: undefined } };
		const badge = await signed(JSON.parse(JSON.stringify(untyped)) as JsonObject);
		const result = await verifyIn(worldWith(badge.root), badge, { required: ['hash'] });
		expect([verdictOf(result, 'hash'), verdictOf(result, 'coverage')]).toEqual(['holds', 'fails']);
		expect(result).toMatchObject({ valid: false, outcome: 'unverifiable', notCovered: ['credentialSubject.achievement'] });
	});

	it('cannot be taken by its names where its own context renames what is known', async () => {
		const { validUntil, ...rest } = coveredBadge();
		const badge = await signed({ ...rest, validUntil });
		const note = { '@id': 'https://www.w3.org/2018/credentials#validUntil', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' };
		const renamed = { ...rest, '@context': [...(rest['@context'] as string[]), { note }], note: validUntil, proof: badge.proof };
		const result = await verifyIn(worldWith(badge.root), renamed);
		expect([verdictOf(result, 'hash'), verdictOf(result, 'coverage')]).toEqual(['holds', 'fails']);
		expect([result.valid, result.outcome]).toEqual([false, 'unverifiable']);
	});

	it('may define names of its own in its context', async () => {
		const document = coveredBadge();
		const badge = await signed({
			...document,
			'@context': [...(document['@context'] as string[]), { mark: 'https://issuer.example/mark' }],
			mark: 'A',
		});
		expect(await verifyIn(worldWith(badge.root), badge)).toMatchObject({ outcome: 'genuine', notCovered: [] });
	});

	it('has a field in its list of uncovered ones that its own context maps to nothing', async () => {
		const document = coveredBadge();
		const badge = await signed({ ...document, '@context': [...(document['@context'] as string[]), { mark: null }], mark: 'A' });
		expect(await verifyIn(worldWith(badge.root), badge)).toMatchObject({ outcome: 'genuine', notCovered: ['mark'] });
	});
});

describe('a proof that does not fit', () => {
	it('of another document: altered', async () => {
		const [badge, other] = [await signed(coveredBadge()), await signed({ ...coveredBadge(), name: 'Another' })];
		expect((await verifyIn(worldWith(other.root), { ...badge, proof: other.proof })).outcome).toBe('altered');
	});

	it('with a wrong side in its path: altered, and the path says so', async () => {
		const badge = await signed(coveredBadge());
		const wrong = await signed(coveredBadge(), {
			root: Buffer.from(badge.root, 'hex'),
			path: [
				['right', sha256('the first')],
				['right', sha256('the third')],
			],
		});
		const result = await verifyIn(worldWith(badge.root), wrong);
		expect(verdictsOf(result)).toMatchObject({ hash: 'holds', path: 'fails', anchor: 'holds' });
		expect(result.outcome).toBe('altered');
	});

	it('cut off, a placeholder, or none at all: unverifiable, never altered', async () => {
		const badge = await signed(coveredBadge());
		const proof = badge.proof as JsonObject;
		const values = [String(proof.proofValue).slice(0, 80), 'zSandboxFakeProofDoesNotVerify', 'z3FXQ…', '', undefined, 7, 'z'.repeat(1e6)];
		for (const proofValue of values) {
			const result = await verifyIn(worldWith(badge.root), { ...badge, proof: { ...proof, proofValue } });
			expect([result.outcome, verdictOf(result, 'format'), verdictOf(result, 'hash')]).toEqual(['unverifiable', 'fails', 'notChecked']);
		}
		const bare = await verifyIn(worldWith(badge.root), coveredBadge());
		expect([bare.outcome, reasonOf(bare, 'format')]).toEqual(['unverifiable', expect.stringContaining('no proof')]);
	});

	it('of another kind, or for another purpose: unverifiable', async () => {
		const badge = await signed(coveredBadge());
		for (const proof of [{ type: 'Ed25519Signature2020' }, { ...(badge.proof as JsonObject), proofPurpose: 'authentication' }]) {
			expect((await verifyIn(worldWith(badge.root), { ...badge, proof })).outcome).toBe('unverifiable');
		}
	});

	it('of Blockcerts 2: unverifiable, and named', async () => {
		const old = {
			'@context': ['https://w3id.org/openbadges/v2', 'https://w3id.org/blockcerts/v2'],
			type: 'Assertion',
			signature: { type: ['MerkleProof2017'] },
		};
		const result = await verifyIn(worldWith(''), old);
		expect([result.outcome, reasonOf(result, 'format')]).toEqual(['unverifiable', expect.stringContaining('Blockcerts 2')]);
	});
});

describe('a context', () => {
	it('that does not come with the package makes a badge unverifiable, never altered, and is not fetched', async () => {
		const badge = await signed(coveredBadge());
		const document = { ...badge, '@context': [...(badge['@context'] as string[]), 'https://elsewhere.example/v1'] };
		const { send, requests } = sendIn(worldWith(badge.root));
		const result = await verifyIn(worldWith(badge.root), document, { send });
		expect([result.outcome, verdictOf(result, 'hash')]).toEqual(['unverifiable', 'notProven']);
		expect(reasonOf(result, 'hash')).toContain('https://elsewhere.example/v1');
		expect(requests.map(({ url }) => url)).not.toContain('https://elsewhere.example/v1');
	});

	it('of its own that defines more than any badge needs makes it unverifiable, never altered', async () => {
		const terms = (count: number) =>
			Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, `https://issuer.example/${at}`]));
		const own = (count: number) => ({ ...coveredBadge(), '@context': [...(coveredBadge()['@context'] as string[]), terms(count)] });
		const [some, many] = [await signed(own(50)), await signed(own(80))];
		expect((await verifyIn(worldWith(some.root), some)).outcome).toBe('genuine');
		const result = await verifyIn(worldWith(many.root), many);
		expect([result.outcome, verdictOf(result, 'hash')]).toEqual(['unverifiable', 'notProven']);
	});

	it.each([
		['that is named hundreds of times', { '@context': Array.from({ length: 201 }, () => coveredBadge()['@context']) }, 'more than 200'],
		['that sets a base, wherever in it', withTerm({ '@id': 'urn:t', '@context': { '@base': 'https://issuer.example/' } }), '@base'],
		['for a long address that is not a full one', { id: '../'.repeat(1_000) }, 'longer than 1000 characters'],
	])('%s does the same', async (_, change, why) => {
		const badge = await signed(coveredBadge());
		const result = await verifyIn(worldWith(badge.root), { ...badge, ...change });
		expect([result.outcome, verdictOf(result, 'hash')]).toEqual(['unverifiable', 'notProven']);
		expect(reasonOf(result, 'hash')).toContain(why);
	});

	it.each([
		['in the context of a term', { mark: { '@id': 'https://issuer.example/mark', '@context': 'https://elsewhere.example/v1' } }],
		['imported', { '@version': 1.1, '@import': 'https://elsewhere.example/v1' }],
	])('%s is not fetched either', async (_, context) => {
		const badge = await signed(coveredBadge());
		const document = { ...badge, '@context': [...(badge['@context'] as string[]), context], mark: { id: 'urn:uuid:3' } };
		const result = await verifyIn(worldWith(badge.root), document);
		expect([result.outcome, verdictOf(result, 'hash')]).toEqual(['unverifiable', 'notProven']);
	});

	it('that redefines what is protected makes a badge unverifiable', async () => {
		const badge = await signed(coveredBadge());
		const document = { ...badge, '@context': [...(badge['@context'] as string[]), { name: 'https://issuer.example/x' }] };
		expect((await verifyIn(worldWith(badge.root), document)).outcome).toBe('unverifiable');
	});
});

describe('what is required', () => {
	it('is the transaction and the issuer’s key, unless somebody chooses otherwise: anybody can make up a document with its proof', async () => {
		const badge = await signed(coveredBadge());
		const offline = { rpcUrl: undefined };
		const usual = await verifyIn(worldWith(badge.root), badge, offline);
		expect([usual.outcome, verdictOf(usual, 'anchor'), verdictOf(usual, 'issuer')]).toEqual(['unverifiable', 'notChecked', 'notChecked']);
		const chosen = await verifyIn(worldWith(badge.root), badge, { ...offline, required: ['hash', 'path'] });
		expect([chosen.valid, chosen.outcome]).toEqual([true, 'genuine']);
	});

	it('asks nothing of anybody without an RPC URL', async () => {
		const badge = await signed(coveredBadge());
		const { send, requests } = sendIn(worldWith(badge.root));
		await verifyIn(worldWith(badge.root), badge, { send, rpcUrl: undefined });
		expect(requests).toEqual([]);
	});

	it('can be that every field is covered', async () => {
		const badge = await signed(bareBadge());
		expect((await verifyIn(worldWith(badge.root), badge, { required: ['coverage'] })).outcome).toBe('unverifiable');
	});

	it('does not matter where something is wrong for sure', async () => {
		const badge = await signed({ ...coveredBadge(), validUntil: '2026-02-01T00:00:00Z' });
		expect(await verifyIn(worldWith(badge.root), badge, { required: [] })).toMatchObject({ valid: false, outcome: 'expired' });
	});

	it('looks up what badges share only once', async () => {
		const badge = await signed(coveredBadge());
		const { send, requests } = sendIn(worldWith(badge.root));
		const { createVerifier } = await import('../../../lib/proof/verify');
		const verify = createVerifier({
			...byOne(send),
			clock: { now: () => nowMs, sleep: async () => {} },
			rpcUrl,
			mayBeLocal: false,
			required: [],
		});
		await Promise.all(Array.from({ length: 20 }, () => verify(async () => ({ ok: true, document: badge }))));
		expect(requests.length).toBe(5);
	});
});

describe('after an erasure', () => {
	it('a hash that no longer fits may be a redaction, so the badge is not called altered', async () => {
		const badge = await signed(coveredBadge());
		const nameless = { ...subjectOf(badge), name: undefined };
		const redacted = { ...badge, credentialSubject: nameless };
		const ask = async () => ({ known: true as const, revoked: false, erased: true });
		const result = await verifyIn(worldWith(badge.root), redacted, { ask });
		expect([result.outcome, verdictOf(result, 'hash')]).toEqual(['unverifiable', 'notProven']);
		expect((await verifyIn(worldWith(badge.root), badge, { ask })).outcome).toBe('genuine');
	});
});

it('a service that says it was revoked makes a badge revoked, whose proof still holds', async () => {
	const badge = await signed(coveredBadge());
	const result = await verifyIn(worldWith(badge.root), badge, { ask: async () => ({ known: true, revoked: true, erased: false }) });
	expect([result.valid, result.outcome, verdictOf(result, 'hash')]).toEqual([false, 'revoked', 'holds']);
});

it('a chain that gives no answer leaves it open', async () => {
	const badge = await signed(coveredBadge());
	const world = { ...worldWith(badge.root), rpc: { eth_chainId: silence() } };
	const result = await verifyIn(world, badge);
	expect([result.outcome, verdictOf(result, 'anchor'), reasonOf(result, 'anchor')]).toEqual([
		'unverifiable',
		'notChecked',
		expect.stringContaining('ETIMEDOUT'),
	]);
});

type Way = Array<string | number>;

function textsIn(value: unknown, path: Way = []): Array<[string, Way, string]> {
	if (typeof value === 'string')
		return path[0] === '@context' ? [] : [[String(path.filter((step) => typeof step === 'string').at(-1)), path, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, [...path, Array.isArray(value) ? Number(name) : name]));
}

function replace<T>(value: T, [step, ...rest]: Way, text: string): T {
	if (step === undefined) return text as T;
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
	copy[String(step)] = replace(copy[String(step)], rest, text);
	return copy as T;
}

it.each([
	[
		'a term that is called as a method of each object',
		{ '@context': [...(coveredBadge()['@context'] as string[]), { hasOwnProperty: 'urn:x' }] },
		'hash',
	],
	['a type of status that has no text', { credentialStatus: { id: 'https://issuer.example/1', type: { toString: 'x' } } }, 'status'],
])('%s leaves its step open', async (_, change, step) => {
	const badge = await signed(coveredBadge());
	const result = await verifyIn(worldWith(badge.root), { ...badge, ...change });
	expect([result.valid, verdictOf(result, step)]).toEqual([false, 'notProven']);
});

it('whatever stands in a document, there is a verdict, and nothing is thrown', async () => {
	const badge = await signed(coveredBadge());
	const proof = badge.proof as JsonObject;
	const fields = fc.constantFrom(
		'@context',
		'id',
		'type',
		'issuer',
		'credentialSubject',
		'validUntil',
		'credentialStatus',
		'proof',
		'proofValue',
		'@id',
		'@type',
	);
	await fc.assert(
		fc.asyncProperty(hostileObject, fields, hostileValue, async (more, field, value) => {
			const changed = field === 'proofValue' ? { proof: { ...proof, proofValue: value } } : { [field]: value };
			for (const document of [{ ...badge, ...changed }, { ...badge, ...more, ...changed }, value]) {
				const { outcome, valid, steps } = await verifyIn(worldWith(badge.root), document);
				expect([valid, steps.length]).toEqual([outcome === 'genuine', 8]);
			}
		}),
		{ numRuns: 60, endOnFailure: true },
	);
});
