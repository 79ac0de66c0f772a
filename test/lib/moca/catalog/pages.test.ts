import type { JsonObject } from '../../../../lib/values/json';
import { checkSearchQuery, type CatalogClient, type CatalogPage } from '../../../../lib/moca/catalog/catalog';
import { listEntries, searchEntries } from '../../../../lib/moca/catalog/pages';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { catalogClient } from '../../../support/clients';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const ids = (entries: JsonObject[], name = 'schemaId') => entries.map((entry) => entry[name]);

describe('a list', () => {
	it('of 237 schemas comes whole, each once, in 3 requests', async () => {
		const schemas = await listEntries(catalogClient(sandbox), 'schemas', {});
		expect(new Set(ids(schemas))).toEqual(new Set(ids(sandbox.moca.catalog.schemas as never)));
		expect(schemas).toHaveLength(237);
		expect(sandbox.traffic.requests()).toHaveLength(3);
	});

	it.each([
		[1, 1],
		[50, 1],
		[100, 1],
		[150, 2],
	])('up to %i entries takes %i request(s)', async (limit, requests) => {
		expect(await listEntries(catalogClient(sandbox), 'schemas', { limit })).toHaveLength(limit);
		expect(sandbox.traffic.requests()).toHaveLength(requests);
	});

	it('has each entry once when one is added in front while pages are turned', async () => {
		const client = catalogClient(sandbox);
		const { schemas } = sandbox.moca.catalog;
		const added = { schemaId: 'new', title: 'New', description: '', createdAt: '2030-01-01T00:00:00.000Z' };
		const turning: CatalogClient = {
			...client,
			schemas: async (request) => {
				const page = await client.schemas(request);
				if (request.page === 1) schemas.push(added);
				return page;
			},
		};
		const found = ids(await listEntries(turning, 'schemas', {}));
		schemas.pop();
		expect(new Set(found).size).toBe(found.length);
		expect(found).toHaveLength(237);
		expect(sandbox.traffic.requests()).toHaveLength(3);
	});

	it('keeps the catalog’s order', async () => {
		const titles = (await listEntries(catalogClient(sandbox), 'schemas', { sortBy: 'title', sortOrder: 'DESC' })).map(({ title }) =>
			String(title),
		);
		expect(titles).toEqual([...titles].sort().reverse());
	});

	it('of programs comes whole', async () => {
		const programs = await listEntries(catalogClient(sandbox), 'programs', {});
		expect(new Set(ids(programs, 'programId')).size).toBe(sandbox.moca.catalog.programs.length);
	});
});

describe('an answer that does not say how many pages there are', () => {
	const clientOf = (pageOf: (page: number) => CatalogPage) => {
		const asked: number[] = [];
		const schemas = async ({ page }: { page: number }) => (asked.push(page), pageOf(page));
		const client = { schemas } as unknown as CatalogClient;
		return { client, asked };
	};
	const records = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({ schemaId: `s${from + index}` }));

	it('ends with a page that is not full', async () => {
		const { client, asked } = clientOf((page) => ({ records: records(page * 100, page === 2 ? 30 : 100) }));
		expect(await listEntries(client, 'schemas', {})).toHaveLength(130);
		expect(asked).toEqual([1, 2]);
	});

	it('ends when the same page comes again', async () => {
		const { client, asked } = clientOf(() => ({ records: records(0, 100) }));
		expect(await listEntries(client, 'schemas', {})).toHaveLength(100);
		expect(asked).toEqual([1, 2]);
	});

	it('goes on when pages are smaller than asked for', async () => {
		const { client } = clientOf((page) => ({ records: records(page * 50, page === 3 ? 10 : 50), size: 50 }));
		expect(await listEntries(client, 'schemas', {})).toHaveLength(110);
	});

	it('keeps entries without an ID', async () => {
		const { client } = clientOf(() => ({ records: [{ title: 'a' }, { title: 'b' }], pages: 1 }));
		expect(await listEntries(client, 'schemas', {})).toHaveLength(2);
	});
});

describe('a search', () => {
	const query = checkSearchQuery('badge');
	const all = ['credentials', 'issuers', 'programs'] as const;

	it('turns the pages of each group until it is through', async () => {
		const hits = await searchEntries(catalogClient(sandbox), query, all);
		const named = ({ name }: { name: string }) => name.toLowerCase().includes('badge');
		const count = (group: string) => hits.filter((hit) => hit.group === group).length;
		const { credentials, programs } = sandbox.moca.catalog;
		expect(count('programs')).toBe(programs.filter(named).length);
		expect(count('credentials')).toBeGreaterThanOrEqual(credentials.filter(named).length);
		expect(new Set(hits.map(({ fields }) => fields.credentialId ?? fields.programId)).size).toBe(hits.length);
	});

	describe('puts the most relevant first', () => {
		const hit = (idName: string, relevance?: unknown) => ({ [idName]: `${idName} ${String(relevance)}`, relevance });
		const page = (idName: string, ...relevances: unknown[]): CatalogPage => ({
			records: relevances.map((relevance) => hit(idName, relevance)),
			pages: 1,
		});
		const client = {
			search: async () => ({
				credentials: page('credentialId', 0.3, 0.9),
				issuers: page('issuerId', 0.5, undefined, 1),
				programs: page('programId', '1', 0.7),
			}),
		} as unknown as CatalogClient;
		const relevancesOf = async (limit?: number) => (await searchEntries(client, query, all, limit)).map(({ fields }) => fields.relevance);

		it('whatever their group and the order in it; without a relevance, at the end', async () => {
			expect(await relevancesOf()).toEqual([1, 0.9, 0.7, 0.5, 0.3, undefined, '1']);
		});

		it('so that a limit keeps these', async () => {
			expect(await relevancesOf(3)).toEqual([1, 0.9, 0.7]);
		});

		it('in the sandbox, too', async () => {
			const relevances = (await searchEntries(catalogClient(sandbox), query, all)).map(({ fields }) => Number(fields.relevance));
			expect(relevances).toEqual([...relevances].sort((a, b) => b - a));
		});
	});

	it('gives no more than wanted, and asks for no more', async () => {
		expect(await searchEntries(catalogClient(sandbox), query, all, 5)).toHaveLength(5);
		expect(sandbox.traffic.requests().map(({ path }) => path)).toEqual(['/catalog/search?q=badge&page=1&limit=5']);
	});

	it('gives one group alone', async () => {
		const hits = await searchEntries(catalogClient(sandbox), checkSearchQuery('academy'), ['issuers']);
		expect(hits.map(({ group, fields }) => [group, fields.name])).toEqual(expect.arrayContaining([['issuers', 'Harbour Academy']]));
	});

	it('that finds nothing gives nothing', async () => {
		expect(await searchEntries(catalogClient(sandbox), checkSearchQuery('zzzz'), all)).toEqual([]);
		expect(sandbox.traffic.requests()).toHaveLength(1);
	});
});
