import type { DataPoint, SandboxProgram } from '../programs';

export interface CatalogIssuer {
	issuerId: string;
	name: string;
	shortName: string;
	issuerDid: string;
}

export interface CatalogSchema {
	schemaId: string;
	title: string;
	description: string;
	/** ISO 8601 UTC. */
	createdAt: string;
}

/** An issuance program as the catalog lists it. */
export interface CatalogCredential {
	credentialId: string;
	name: string;
	category: string;
	issuer: CatalogIssuer;
	schemaId: string;
	dataPoints: DataPoint[];
	holderCount: number;
	issuanceCount: number;
	createdAt: string;
}

export interface CatalogProgram {
	programId: string;
	name: string;
	description: string;
	verifier: { verifierId: string; name: string; verifierDid: string };
	accepts: Array<{ credentialId: string; conditions: string[] }>;
	verificationCount: number;
	pricingModel: string;
	createdAt: string;
}

/** What is discoverable. Live: an entry that is added is there from the next request on. */
export interface CatalogData {
	schemas: CatalogSchema[];
	credentials: CatalogCredential[];
	issuers: CatalogIssuer[];
	programs: CatalogProgram[];
}

/** How many schemas the sandbox's catalog has: more than two of the largest pages. */
const schemaCount = 237;

// Every topic meets every kind once: 26 × 9 titles, no two alike.
const topics = [
	'Accessibility',
	'Aviation Safety',
	'Blood Donation',
	'Carbon Accounting',
	'Child Care',
	'Cloud Security',
	'Cycling',
	'Data Protection',
	'Digital Marketing',
	'Electric Vehicles',
	'Event Volunteering',
	'Fire Safety',
	'First Aid',
	'Food Hygiene',
	'Forklift',
	'Game Design',
	'Language',
	'Marathon',
	'Nursing',
	'Open Source',
	'Project Management',
	'Scuba Diving',
	'Solar Energy',
	'Teaching',
	'Video Editing',
	'Wine Tasting',
];

interface Kind {
	name: string;
	category: string;
	fields: DataPoint[];
}

const field = (name: string, title: string, type: DataPoint['type'], isRequired: boolean, description: string): DataPoint => ({
	name,
	title,
	type,
	isRequired,
	description,
});

const kinds: Kind[] = [
	{
		name: 'Certificate',
		category: 'education',
		fields: [field('course', 'Course', 'string', true, 'Title of the course'), field('grade', 'Grade', 'number', true, '1 to 6')],
	},
	{
		name: 'Membership',
		category: 'membership',
		fields: [field('memberSince', 'Member since', 'date', true, 'First day'), field('active', 'Active', 'boolean', true, 'Paid up')],
	},
	{
		name: 'Attendance',
		category: 'event',
		fields: [
			field('event', 'Event', 'string', true, 'Name of the event'),
			field('checkedInAt', 'Checked in', 'date-time', false, 'Arrival'),
		],
	},
	{
		name: 'Skill Assessment',
		category: 'education',
		fields: [field('score', 'Score', 'integer', true, '0 to 100'), field('skills', 'Skills', 'array', false, 'What was shown')],
	},
	{
		name: 'License',
		category: 'identity',
		fields: [field('licenseClass', 'Class', 'string', true, 'Letter'), field('validUntil', 'Valid until', 'date', true, 'Last day')],
	},
	{
		name: 'Employment Record',
		category: 'employment',
		fields: [field('role', 'Role', 'string', true, 'Job title'), field('employer', 'Employer', 'object', false, 'Name and country')],
	},
	{
		name: 'Participation Badge',
		category: 'achievement',
		fields: [field('hours', 'Hours', 'number', false, 'Hours taken part')],
	},
	{
		name: 'Loyalty Tier',
		category: 'loyalty',
		fields: [field('tier', 'Tier', 'string', true, 'Bronze to gold'), field('points', 'Points', 'integer', true, 'Collected so far')],
	},
	{
		name: 'Safety Briefing',
		category: 'health',
		fields: [field('passed', 'Passed', 'boolean', true, 'Whether it was passed'), field('heldOn', 'Held on', 'date', false, 'Day')],
	},
];

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
		...issuerNames.map(issuer),
	];
	const published = own.filter((program) => program.published);
	const ownSchemas = published.map(({ schema, createdAt }) => ({ ...schema, createdAt }));
	const others = schemaCount - ownSchemas.length;
	const schemas = [...ownSchemas, ...Array.from({ length: others }, (_, index) => schema(index))];
	const credentials = [...published.map((program) => ownCredential(program, issuers[0]!)), ...otherCredentials(issuers.slice(1), others)];
	return { schemas, credentials, issuers, programs: verificationPrograms(credentials) };
}

const idOf = (prefix: string, index: number) =>
	`${prefix}${String(index).padStart(4, '0')}${spread(index, 1e12).toString(36).padStart(9, '0')}`;

/** Numbers that look random and never change. */
const spread = (index: number, below: number): number => Number((BigInt(index + 1) * 2654435761n * 40503n) % BigInt(below));

const newest = Date.parse('2026-10-30T18:00:00.000Z');
const hourMs = 3_600_000;
const createdAt = (index: number, everyHours: number) => new Date(newest - index * everyHours * hourMs).toISOString();

const issuer = (name: string, index: number): CatalogIssuer => ({
	issuerId: idOf('c21iss', index),
	name,
	shortName: name.split(' ')[0]!,
	issuerDid: `did:air:id:test:${idOf('4Q', index)}`,
});

const kindOf = (index: number) => kinds[index % kinds.length]!;
const titleOf = (index: number) => `${topics[Math.floor(index / kinds.length) % topics.length]!} ${kindOf(index).name}`;

const schema = (index: number): CatalogSchema => ({
	schemaId: idOf('c28sch', index),
	title: titleOf(index).replaceAll(' ', ''),
	description: `What a ${titleOf(index)} says about its holder`,
	createdAt: createdAt(index, 7),
});

function ownCredential(program: SandboxProgram, by: CatalogIssuer): CatalogCredential {
	const { credentialId, name, category, dataPoints, createdAt: created } = program;
	return {
		credentialId,
		name,
		category,
		issuer: by,
		schemaId: program.schema.schemaId,
		dataPoints,
		holderCount: 0,
		issuanceCount: 0,
		createdAt: created,
	};
}

/** None, one or two on each schema. */
function otherCredentials(issuers: CatalogIssuer[], schemas: number): CatalogCredential[] {
	return Array.from({ length: schemas }, (_, index) => index).flatMap((index) =>
		Array.from({ length: (index + Math.floor(index / kinds.length)) % 3 }, (_unused, copy) => {
			const by = issuers[(index + copy) % issuers.length]!;
			const holderCount = spread(index + copy, 5_000);
			return {
				credentialId: idOf(`c2${copy + 5}cre`, index),
				name: `${titleOf(index)} by ${by.shortName}`,
				category: kindOf(index).category,
				issuer: by,
				schemaId: idOf('c28sch', index),
				dataPoints: kindOf(index).fields,
				holderCount,
				issuanceCount: holderCount + spread(index, 300),
				createdAt: createdAt(index * 2 + copy, 5),
			};
		}),
	);
}

const verifierNames = ['Gatekeeper Rentals', 'Hostel One', 'Jobs Board', 'Perks Club'];

/** A verification program on every second credential. */
function verificationPrograms(credentials: CatalogCredential[]): CatalogProgram[] {
	return credentials
		.filter((_, index) => index % 2 === 0)
		.map((credential, index) => ({
			programId: idOf('prg_', index),
			name: `${verifierNames[index % verifierNames.length]!}: ${credential.name}`,
			description: `Accepts a ${credential.name} and asks for no personal data`,
			verifier: {
				verifierId: idOf('c21ver', index % verifierNames.length),
				name: verifierNames[index % verifierNames.length]!,
				verifierDid: `did:air:id:test:${idOf('7V', index % verifierNames.length)}`,
			},
			accepts: [
				{ credentialId: credential.credentialId, conditions: credential.dataPoints.slice(0, 1).map(({ name }) => `${name} exists`) },
			],
			verificationCount: spread(index, 900),
			// Only one value is in the documents, as a sample (fact sheet 5.4).
			pricingModel: 'per-verification',
			createdAt: createdAt(index, 11),
		}));
}
