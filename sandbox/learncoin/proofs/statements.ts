import type { CredentialDocument } from './document';

/** An RDF statement in the form that rdf-canonize takes. */
export interface Statement {
	subject: Term;
	predicate: Term;
	object: Term;
	graph: Term;
}

interface Term {
	termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph';
	value: string;
	datatype?: Term;
}

const credentials = 'https://www.w3.org/2018/credentials#';
const badges = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const schema = 'https://schema.org/';
const xsd = 'http://www.w3.org/2001/XMLSchema#';

const iri = (value: string): Term => ({ termType: 'NamedNode', value });
/** A node without an id; within one document its name tells it from others, and is forgotten by canonicalizing. */
const blank = (value: string): Term => ({ termType: 'BlankNode', value });
const literal = (value: string | undefined, datatype: string): Term | undefined =>
	value === undefined ? undefined : { termType: 'Literal', value, datatype: iri(datatype) };
const text = (value: string | undefined) => literal(value, `${xsd}string`);
const date = (value: string | undefined) => literal(value, `${xsd}dateTime`);

const isA = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/**
 * What a document states, by its contexts: of each member the IRI and the datatype that they give it. Members that they don't define state
 * nothing; of the form that LearnCoin documents, these are both dates. jsonld says the same (a test compares them), but takes 2.3 ms a
 * document: half a minute for 10,000 learners, on the machine where n8n is being measured.
 */
export function statementsOf({ id, issuer, credentialSubject: subject, validFrom, validUntil }: CredentialDocument): Statement[] {
	const { achievement } = subject;
	const achieved = achievement.id === undefined ? blank('achievement') : iri(expanded(achievement.id));
	const all = [
		...about(iri(id), [
			[isA, iri(`${credentials}VerifiableCredential`)],
			[isA, iri(`${badges}OpenBadgeCredential`)],
			[`${credentials}issuer`, iri(issuer.id)],
			[`${credentials}validFrom`, date(validFrom)],
			[`${credentials}validUntil`, date(validUntil)],
			[`${credentials}credentialSubject`, iri(subject.id)],
		]),
		...about(iri(issuer.id), [
			[isA, iri(`${badges}Profile`)],
			[`${schema}name`, text(issuer.name)],
		]),
		...about(iri(subject.id), [
			[isA, iri(`${badges}AchievementSubject`)],
			[`${schema}name`, text(subject.name)],
			[`${badges}achievement`, achieved],
		]),
		...aboutAchievement(achieved, achievement),
	];
	return all.filter((statement) => isStated(statement.subject) && isStated(statement.object));
}

type Achievement = CredentialDocument['credentialSubject']['achievement'];

function aboutAchievement(achieved: Term, { name, description, criteria, alignment = [] }: Achievement): Statement[] {
	const alignmentAt = (at: number) => blank(`alignment${at}`);
	return [
		...about(achieved, [
			[isA, iri(`${badges}Achievement`)],
			[`${schema}name`, text(name)],
			[`${schema}description`, text(description)],
			[`${badges}Criteria`, criteria && blank('criteria')],
			...alignment.map((_target, at): Fact => [`${badges}alignment`, alignmentAt(at)]),
		]),
		...about(blank('criteria'), [[`${badges}narrative`, text(criteria?.narrative)]]),
		...alignment.flatMap((target, at) => aboutAlignment(alignmentAt(at), target)),
	];
}

function aboutAlignment(alignment: Term, target: NonNullable<Achievement['alignment']>[number]): Statement[] {
	return about(alignment, [
		[isA, iri(`${schema}AlignmentObject`)],
		[`${schema}targetFramework`, text(target.targetFramework)],
		[`${badges}targetCode`, text(target.targetCode)],
		[`${schema}targetName`, text(target.targetName)],
		// With https, unlike all of XML Schema's other datatypes: so it stands in the context.
		[`${schema}targetUrl`, literal(target.targetUrl, 'https://www.w3.org/2001/XMLSchema#anyURI')],
		[`${badges}targetType`, text(target.targetType)],
	]);
}

type Fact = [predicate: string, object: Term | undefined];

/** A fact without a value isn't stated. */
function about(subject: Term, facts: Fact[]): Statement[] {
	const graph: Term = { termType: 'DefaultGraph', value: '' };
	return facts.flatMap(([predicate, object]) => (object ? [{ subject, predicate: iri(predicate), object, graph }] : []));
}

/** The prefixes that Blockcerts' context declares. */
const prefixes: Record<string, string> = {
	bc: 'https://w3id.org/blockcerts#',
	cp: 'https://w3id.org/chainpoint#',
	schema,
	sec: 'https://w3id.org/security#',
	xsd,
};

function expanded(id: string): string {
	const [, prefix = '', rest = ''] = /^([^:]+):(?!\/\/)(.*)$/s.exec(id) ?? [];
	return Object.hasOwn(prefixes, prefix) ? `${prefixes[prefix]}${rest}` : id;
}

/** What is said of, or leads to, something whose id is no whole IRI is left out of RDF altogether. */
function isStated({ termType, value }: Term): boolean {
	return termType !== 'NamedNode' || /^[A-Za-z][A-Za-z0-9+-.]*:\S*$/.test(value);
}
