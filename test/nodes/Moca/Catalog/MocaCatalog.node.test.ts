import { NodeHelpers, type IDataObject, type INode } from 'n8n-workflow';

import { MocaCatalog } from '../../../../nodes/Moca/Catalog/MocaCatalog.node.ts';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { catalog, continueOnFail, partnerCredential } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { catalogAtRoot: 'open', catalogFailures: 'status' });
});

const course = 'c26k40g0m71tq0035218Ra';
const rl = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const jsons = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json);
const schemas = { resource: 'schema', operation: 'getMany' };
const find = { resource: 'search', operation: 'search', query: 'course completion' };

describe('Get Many', () => {
	it('with Return All gives all 237 schemas, each once, in 3 requests, without an n8n credential', async () => {
		const { items } = await catalog(sandbox, { ...schemas, returnAll: true });
		expect(items).toHaveLength(237);
		expect(new Set(items.map(({ json }) => json.schemaId)).size).toBe(237);
		expect(sandbox.traffic.requests()).toHaveLength(3);
	});

	it('gives 50 unless told otherwise, with the API’s own fields, paired to the input item', async () => {
		const { items } = await catalog(sandbox, schemas, { input: [{}, {}] });
		expect(items).toHaveLength(100);
		expect(Object.keys(items[0]!.json)).toEqual(['schemaId', 'title', 'description', 'credentialCount', 'providerCount']);
		expect([items[0]!.pairedItem, items[99]!.pairedItem]).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it.each([
		['schema', ['created_at', 'credential_count', 'provider_count', 'title']],
		['program', ['created_at', 'credential_count', 'name', 'verification_count']],
	])('sorts %s by each value that the documents name', async (resource, values) => {
		for (const sortBy of values) {
			const { error } = await catalog(sandbox, { resource, operation: 'getMany', limit: 1, sortBy, sortOrder: 'ASC' });
			expect(error).toBeUndefined();
		}
		expect(sandbox.traffic.requests().map(({ path }) => new URL(path, 'http://x').searchParams.get('sortBy'))).toEqual(values);
	});

	it.each([
		['schema', ['created_at', 'credential_count', 'provider_count', 'title']],
		['program', ['created_at', 'name', 'credential_count', 'verification_count']],
	])('asks in the form once how to sort %s, with its own values', (resource, values) => {
		const { description } = new MocaCatalog();
		const node = { typeVersion: 1 } as INode;
		const shown = description.properties.filter((property) =>
			NodeHelpers.displayParameter({ resource, operation: 'getMany', returnAll: false }, property, node, description),
		);
		const sortBy = shown.filter(({ name }) => name === 'sortBy');
		expect(sortBy.map(({ options = [] }) => options.map((option) => 'value' in option && option.value))).toEqual([values]);
		expect(shown.map(({ name }) => name)).toEqual(expect.arrayContaining(['returnAll', 'limit', 'sortOrder']));
	});

	it('lists verification programs', async () => {
		const { items } = await catalog(sandbox, { resource: 'program', operation: 'getMany', returnAll: true });
		expect(items).toHaveLength(sandbox.moca.catalog.programs.length);
	});

	it.each([0, -1, 1.5, 'many'])('refuses the limit %p', async (limit) => {
		const { error } = await catalog(sandbox, { ...schemas, limit });
		expect(error?.message).toBe('Limit is out of range');
	});
});

describe('Get', () => {
	it.each([
		['schema', 'c26j90e1bx5hn0027734Wd', 'schemaId'],
		['credential', course, 'credentialId'],
	])('gives one %s', async (resource, id, idName) => {
		const { items } = await catalog(sandbox, { resource, operation: 'get', [resource]: rl(id) });
		expect(jsons(items)).toMatchObject([{ [idName]: id }]);
	});

	it('gives one verification program, chosen from the list', async () => {
		const { programId } = sandbox.moca.catalog.programs[3]!;
		const { items } = await catalog(sandbox, { resource: 'program', operation: 'get', program: rl(programId, 'list') });
		expect(jsons(items)).toMatchObject([{ programId, verifierInfo: { name: expect.any(String) as string } }]);
	});

	it.each(['status', 'envelope'] as const)(
		'says what is not there, and goes on with the others (failures as %s)',
		async (catalogFailures) => {
			sandbox.moca.settings.catalogFailures = catalogFailures;
			const { items } = await catalog(
				sandbox,
				{ resource: 'credential', operation: 'get', credential: rl('={{ $json.id }}') },
				{ input: [{ id: 'nothing' }, { id: course }], ...continueOnFail },
			);
			expect(Object.keys(items[0]!.json)).toEqual(['outcome', 'error', 'details']);
			expect(items[0]!.json.error).toBe(
				'Reading the credential “nothing” did not work: the catalog does not have it. The catalog says: Credential not found',
			);
			expect(items[1]!.json).toMatchObject({ credentialId: course });
		},
	);

	it('asks for an ID before anything is sent', async () => {
		const { error } = await catalog(sandbox, { resource: 'schema', operation: 'get', schema: rl('={{ $json.none }}') });
		expect(error?.message).toBe('No schema is chosen');
		expect(sandbox.traffic.requests()).toEqual([]);
	});
});

describe('Search', () => {
	it('gives one item for each hit, with its group and its relevance, the most relevant first', async () => {
		const { items } = await catalog(sandbox, find);
		expect(items[0]!.json).toMatchObject({ group: 'credentials', credentialId: course, relevance: 0.95 });
		expect(new Set(items.map(({ json }) => json.group))).toEqual(new Set(['credentials', 'programs']));
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	});

	it.each(['credentials', 'issuers', 'programs'])('finds %s alone', async (searchGroup) => {
		const { items } = await catalog(sandbox, { ...find, query: 'academy college course', searchGroup });
		expect(items.length).toBeGreaterThan(0);
		expect(new Set(items.map(({ json }) => json.group))).toEqual(new Set([searchGroup]));
	});

	it('gives no more than the limit, or all', async () => {
		expect((await catalog(sandbox, { ...find, query: 'education', limit: 7 })).items).toHaveLength(7);
		expect((await catalog(sandbox, { ...find, query: 'education', returnAll: true })).items.length).toBeGreaterThan(50);
	});

	it('that finds nothing gives no item', async () => {
		const { items, error } = await catalog(sandbox, { ...find, query: 'zzzz' });
		expect({ items, error }).toEqual({ items: [], error: undefined });
	});

	it('wants a query', async () => {
		const { error } = await catalog(sandbox, { ...find, query: ' ' });
		expect(error?.message).toBe('There is nothing to search for');
	});
});

describe('where it looks', () => {
	it('is what the n8n credential says, if one is chosen', async () => {
		const credential = { ...partnerCredential(sandbox), catalogBaseUrl: `${sandbox.url}/v1` };
		const { items } = await catalog(sandbox, { ...schemas, environment: 'production' }, { credential });
		expect(items).toHaveLength(50);
		expect(sandbox.traffic.requests()[0]?.path).toMatch(/^\/v1\/catalog\/schemas/);
	});

	it('sends no token, even if a credential is chosen', async () => {
		const credential = { ...partnerCredential(sandbox), catalogBaseUrl: sandbox.url, privateKey: 'not a key' };
		expect((await catalog(sandbox, schemas, { credential })).error).toBeUndefined();
	});

	it('is not documented for production, and says so', async () => {
		const { error } = await catalog(sandbox, { ...schemas, environment: 'production' });
		expect(error?.message).toBe('Moca’s documents name no catalog for production');
		expect(error?.description).toContain('choose the environment Custom');
	});

	it.each([
		['forbidden', '403'],
		['missing', '404'],
	] as const)('names the setting to change when the host is %s', async (access, httpCode) => {
		sandbox.moca.settings.catalogAtRoot = access;
		const { error } = await catalog(sandbox, schemas);
		expect(error).toMatchObject({ httpCode, message: expect.stringContaining('there is no catalog, or it is closed to us') as string });
		expect(error?.description).toContain('enter the Catalog Base URL');
	});
});

it('waits and asks again when the catalog is overloaded', async () => {
	sandbox.faults.add({ route: 'moca.catalog.schemas', answer: { kind: 'status', status: 429, headers: { 'retry-after': '0' } } });
	const { items } = await catalog(sandbox, { ...schemas, limit: 1 });
	expect(items).toHaveLength(1);
	expect(sandbox.traffic.requests()).toHaveLength(2);
});
