import axios, { type AxiosResponse } from 'axios';
import { expectRefusal } from '../../../support/sandbox/moca';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();
beforeEach(() => Object.assign(sandbox().moca.settings, { catalogUnderV1: 'open', catalogAtRoot: 'open', catalogFailures: 'status' }));

const get = (path: string, params: Record<string, unknown> = {}): Promise<AxiosResponse> =>
	axios.get(`${sandbox().url}${path}`, { params, validateStatus: () => true, maxRedirects: 0 });

interface Page {
	data: { current: number; pages: number; size: number; total: number; records: Array<Record<string, unknown>> };
}

describe.each(['/v1/catalog', '/catalog'])('under %s', (base) => {
	it.each(['/schemas', '/programs', '/schemas/c26j90e1bx5hn0027734Wd', '/credentials/c26k40g0m71tq0035218Ra', '/search?q=course'])(
		'%s answers in the envelope',
		async (path) => {
			const { status, data } = await get(base + path);
			expect(status).toBe(200);
			expect(data).toEqual({ code: 80000000, msg: 'success', data: expect.any(Object) as object, timestamp: expect.any(Number) as number });
		},
	);
});

it('lists 237 schemas, ten on a page unless asked otherwise', async () => {
	const { data } = (await get('/catalog/schemas')).data as Page;
	expect(data).toMatchObject({ current: 1, pages: 24, size: 10, total: 237 });
	expect(data.records).toHaveLength(10);
});

it('has the same entries at every start', async () => {
	const { data } = (await get('/catalog/schemas', { sortBy: 'title', sortOrder: 'ASC', limit: 2 })).data as Page;
	expect(data.records.map(({ title }) => title)).toEqual(['AccessibilityAttendance', 'AccessibilityCertificate']);
});

it('has hundreds of issuance programs and of verification programs', () => {
	const { credentials, programs } = sandbox().moca.catalog;
	expect(credentials.length).toBeGreaterThan(200);
	expect(programs.length).toBeGreaterThan(100);
});

it('lists the sandbox’s own published programs, with their fields', async () => {
	for (const program of sandbox().moca.programs) {
		const { status, data } = await get(`/catalog/credentials/${program.credentialId}`);
		expect(status).toBe(program.published ? 200 : 404);
		if (program.published) expect(data).toMatchObject({ data: { name: program.name, dataPoints: program.dataPoints } });
	}
});

it.each([
	['/catalog/schemas', { page: 0 }, /page must be 1 or more/],
	['/catalog/schemas', { limit: 101 }, /limit must be 1 to 100/],
	['/catalog/programs', { limit: 0 }, /limit must be 1 to 100/],
	['/catalog/schemas', { sortBy: 'name' }, /sortBy must be one of/],
	['/catalog/schemas', { sortOrder: 'asc' }, /sortOrder must be ASC or DESC/],
	['/catalog/search', {}, /q is required/],
	['/catalog/search', { q: 'x'.repeat(201) }, /at most 200/],
	['/catalog/search', { q: 'x', limit: 51 }, /limit must be 1 to 50/],
])('%s refuses %j', async (path, params, message) => expectRefusal(await get(path, params), 400, message));

it.each(['schemas', 'credentials', 'programs'])('does not find what is not in %s', async (list) => {
	expectRefusal(await get(`/catalog/${list}/nothing`), 404, / not found$/);
});

it('can say so with HTTP 200 and another code', async () => {
	sandbox().moca.settings.catalogFailures = 'envelope';
	expect(await get('/catalog/schemas/nothing')).toMatchObject({
		status: 200,
		data: { code: 80000404, msg: 'Schema not found', data: null },
	});
});

it.each([
	['catalogUnderV1', '/v1/catalog', '/catalog'],
	['catalogAtRoot', '/catalog', '/v1/catalog'],
] as const)('%s closes %s alone', async (setting, closed, open) => {
	for (const [access, status] of [
		['unauthorized', 401],
		['forbidden', 403],
		['missing', 404],
		['moved', 308],
	] as const) {
		sandbox().moca.settings[setting] = access;
		expect((await get(`${closed}/schemas`)).status).toBe(status);
		expect((await get(`${open}/schemas`)).status).toBe(200);
	}
});

it('pages each group of a search by itself', async () => {
	const { data } = await get('/catalog/search', { q: 'badge', limit: 2, page: 2 });
	expect(data).toMatchObject({ data: { issuers: { items: [], total: 0 }, credentials: { total: expect.any(Number) as number } } });
	expect((data as { data: { credentials: { items: unknown[] } } }).data.credentials.items).toHaveLength(2);
});
