import type { SandboxProgram } from '../programs';
import type { CatalogCredential, CatalogData, CatalogIssuer, CatalogProgram, CatalogSchema } from './entries';
import { kindOf, kinds, titleOf } from './kinds';

/** How many schemas the sandbox's catalog has: more than two of the largest pages. */
const schemaCount = 237;

const issuerNames = [
	'Harbour Academy',
	'Northwind Institute',
	'Alpine Sports Union',
	'City College',
	'Meadow Health',
	'Lantern Games',
	'Orchard Co-op',
	'Quarry Works',
	'Riverside Museum',
	'Summit Airlines',
	'Tandem Mobility',
];

/** The same entries at every start, the sandbox's own published programs among them. */
export function seedCatalog(own: SandboxProgram[], ownIssuerDid: string): CatalogData {
	const issuers = [
		{ issuerId: 'c21sandboxissuer000001', name: 'Sandbox Academy', shortName: 'Sandbox', issuerDid: ownIssuerDid },
		...issuerNames.map(madeUpIssuer),
	];
	const published = own.filter((program) => program.published);
	const ownSchemas = published.map(({ schema, createdAt }) => ({ ...schema, createdAt }));
	const others = schemaCount - ownSchemas.length;
	const schemas = [...ownSchemas, ...Array.from({ length: others }, (_, index) => madeUpSchema(index))];
	const credentials = [...published.map((program) => ownCredential(program, issuers[0]!)), ...madeUpCredentials(issuers.slice(1), others)];
	return { schemas, credentials, issuers, programs: verificationPrograms(credentials) };
}

const idOf = (prefix: string, index: number) =>
	`${prefix}${String(index).padStart(4, '0')}${pseudoRandom(index, 1e12).toString(36).padStart(9, '0')}`;

/** Numbers that look random and never change. */
const pseudoRandom = (index: number, below: number): number => Number((BigInt(index + 1) * 2654435761n * 40503n) % BigInt(below));

const newest = Date.parse('2026-10-30T18:00:00.000Z');
const hourMs = 3_600_000;
const dateOf = (index: number, everyHours: number) => new Date(newest - index * everyHours * hourMs).toISOString();

const madeUpIssuer = (name: string, index: number): CatalogIssuer => ({
	issuerId: idOf('c21iss', index),
	name,
	shortName: name.split(' ')[0]!,
	issuerDid: `did:air:id:test:${idOf('4Q', index)}`,
});

const madeUpSchema = (index: number): CatalogSchema => ({
	schemaId: idOf('c28sch', index),
	title: titleOf(index).replaceAll(' ', ''),
	description: `What a ${titleOf(index)} says about its holder`,
	createdAt: dateOf(index, 7),
});

function ownCredential(program: SandboxProgram, issuer: CatalogIssuer): CatalogCredential {
	const { credentialId, name, category, schema, dataPoints, createdAt } = program;
	return {
		credentialId,
		name,
		category,
		issuer,
		schemaId: schema.schemaId,
		dataPoints,
		holderCount: 0,
		issuanceCount: 0,
		createdAt,
	};
}

/** None, one or two on each schema. */
function madeUpCredentials(issuers: CatalogIssuer[], schemas: number): CatalogCredential[] {
	return Array.from({ length: schemas }, (_, index) => index).flatMap((index) =>
		Array.from({ length: (index + Math.floor(index / kinds.length)) % 3 }, (_unused, copy) => {
			const issuer = issuers[(index + copy) % issuers.length]!;
			const holderCount = pseudoRandom(index + copy, 5_000);
			return {
				credentialId: idOf(`c2${copy + 5}cre`, index),
				name: `${titleOf(index)} by ${issuer.shortName}`,
				category: kindOf(index).category,
				issuer,
				schemaId: idOf('c28sch', index),
				dataPoints: kindOf(index).fields,
				holderCount,
				issuanceCount: holderCount + pseudoRandom(index, 300),
				createdAt: dateOf(index * 2 + copy, 5),
			};
		}),
	);
}

const verifierNames = ['Gatekeeper Rentals', 'Hostel One', 'Jobs Board', 'Perks Club'];

function verifierOf(programIndex: number): CatalogProgram['verifier'] {
	const index = programIndex % verifierNames.length;
	return { verifierId: idOf('c21ver', index), name: verifierNames[index]!, verifierDid: `did:air:id:test:${idOf('7V', index)}` };
}

/** A verification program on every second credential. */
function verificationPrograms(credentials: CatalogCredential[]): CatalogProgram[] {
	return credentials
		.filter((_, index) => index % 2 === 0)
		.map((credential, index) => ({
			programId: idOf('prg_', index),
			name: `${verifierOf(index).name}: ${credential.name}`,
			description: `Accepts a ${credential.name} and asks for no personal data`,
			verifier: verifierOf(index),
			accepts: [
				{ credentialId: credential.credentialId, conditions: credential.dataPoints.slice(0, 1).map(({ name }) => `${name} exists`) },
			],
			verificationCount: pseudoRandom(index, 900),
			// Only one value is in the documents, as a sample (docs/api/moca.md 5.4).
			pricingModel: 'per-verification',
			createdAt: dateOf(index, 11),
		}));
}
