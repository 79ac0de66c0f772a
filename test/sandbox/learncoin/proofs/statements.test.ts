import { canonize } from 'rdf-canonize';
import fc from 'fast-check';
import { documentOf } from '../../../../sandbox/learncoin/proofs/document';
import { statementsOf } from '../../../../sandbox/learncoin/proofs/statements';
import { canonicalOf } from '../../../support/badges/checkProof';
import { learnerId } from '../../../support/sandbox/learncoin';

/** Whatever may stand in a JSON text: other alphabets, line ends, quotes, control characters. */
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant(''));
const optional = (value: fc.Arbitrary<string>) => fc.option(value, { nil: undefined });
const alignment = fc.record(
	{ targetFramework: text, targetCode: text, targetName: text, targetUrl: text, targetType: text },
	{ requiredKeys: [] },
);
const id = fc.oneof(
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
	// The prefix of a context, what isn't one, and no whole IRI.
	fc.constantFrom(
		'schema:algebra',
		'schema://algebra',
		'bc:x',
		'name:x',
		'mailto:a@school.example',
		'https://school.example/a b',
		'https://ä.example/<">',
	),
);

const source = fc.record({
	recipient: fc.record({ id: fc.nat(999).map(learnerId), name: text }, { requiredKeys: ['id'] }),
	input: fc.record({
		achievement: fc.record(
			{
				id,
				name: text,
				description: text,
				criteria: fc.record({ narrative: optional(text) }),
				alignment: fc.array(alignment, { maxLength: 6 }),
			},
			{ requiredKeys: ['name', 'description'] },
		),
		issuanceDate: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
		expirationDate: optional(fc.constantFrom('2030-01-01T00:00:00Z', '2030-01-01T00:00:00.5Z')),
	}),
});

const forms = fc.record({
	documentDates: fc.constantFrom('issuanceDate' as const, 'validFrom' as const),
	documentContexts: fc.constantFrom('three' as const, 'four' as const),
});
const issuer = fc
	.constantFrom('did:web:127.0.0.1%3A4010#tenant-a', 'did:web:127.0.0.1%3A4010:learncoin:tenants:a')
	.map((did) => ({ id: did, name: 'A' }));

it('a document states what its contexts make of it, whatever is in it', async () => {
	await fc.assert(
		fc.asyncProperty(source, issuer, forms, async (given, from, form) => {
			// As it is sent: members without a value are gone.
			const document = JSON.parse(JSON.stringify(documentOf(given as Parameters<typeof documentOf>[0], from, form))) as ReturnType<
				typeof documentOf
			>;
			expect(await canonize(statementsOf(document), { algorithm: 'RDFC-1.0' })).toBe(await canonicalOf(document));
		}),
		{ numRuns: 200 },
	);
});

it('the documented dates state nothing, those of the other form do', async () => {
	const given = {
		recipient: { id: learnerId(1), name: 'Ada' },
		input: {
			achievement: { name: 'Algebra', description: 'Done' },
			issuanceDate: '2026-06-30T00:00:00Z',
			expirationDate: '2030-01-01T00:00:00Z',
		},
	};
	const canonical = async (documentDates: 'issuanceDate' | 'validFrom') =>
		await canonicalOf(documentOf(given, { id: 'did:web:a.example', name: 'A' }, { documentDates, documentContexts: 'three' }));
	expect(await canonical('issuanceDate')).not.toMatch(/2026|2030/);
	expect(await canonical('validFrom')).toMatch(/validFrom> "2026-06-30T00:00:00Z"[\s\S]*validUntil> "2030-01-01T00:00:00Z"/);
});
