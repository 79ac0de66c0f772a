import { ExplainedFailure } from '../../../../lib/http/explained';
import { checkCatalogId, checkSearchQuery, createCatalogClient } from '../../../../lib/moca/catalog/catalog';
import { catalogUrlOf } from '../../../../lib/moca/catalog/address';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { catalogClient, fetchSend } from '../../../support/clients';
import { failureOf } from '../../../support/failures';
import { answer, fakeSend } from '../../../support/fakes';
import { mocaHints } from '../../../support/hints';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { catalogUnderV1: 'open', catalogAtRoot: 'open', catalogFailures: 'status' });
});

const schemaId = (text: string) => checkCatalogId(text, 'schema');
const courseId = checkCatalogId('c26k40g0m71tq0035218Ra', 'credential');

describe('the six calls', () => {
	it('lists schemas with what is documented of each', async () => {
		const { records, pages, total } = await catalogClient(sandbox).schemas({ page: 1, limit: 10 });
		expect({ count: records.length, pages, total }).toEqual({ count: 10, pages: 24, total: 237 });
		expect(Object.keys(records[0]!)).toEqual(['schemaId', 'title', 'description', 'credentialCount', 'providerCount']);
	});

	it('sorts as asked', async () => {
		const { records } = await catalogClient(sandbox).schemas({ page: 1, limit: 100, sortBy: 'title', sortOrder: 'ASC' });
		const titles = records.map(({ title }) => String(title));
		expect(titles).toEqual([...titles].sort());
	});

	it('gives a schema with the issuance programs on it', async () => {
		const detail = await catalogClient(sandbox).schema(schemaId('c26j90e1bx5hn0027734Wd'));
		expect(detail).toMatchObject({ title: 'CourseCompletion', credentials: [{ credentialId: courseId, name: 'Course Completion' }] });
	});

	it('gives an issuance program with its data points', async () => {
		const detail = await catalogClient(sandbox).credential(courseId);
		expect(detail).toMatchObject({
			dataPoints: [
				{ name: 'course', isRequired: true },
				{ name: 'score', type: 'integer' },
				{ name: 'passed', type: 'boolean', isRequired: false },
				{ name: 'completedOn', type: 'date' },
			],
		});
	});

	it('lists verification programs, and gives one', async () => {
		const client = catalogClient(sandbox);
		const { records, total } = await client.programs({ page: 1, limit: 1 });
		expect(total).toBe(sandbox.moca.catalog.programs.length);
		const detail = await client.program(checkCatalogId(records[0]!.programId, 'program'));
		expect(detail).toMatchObject({ programId: records[0]!.programId, pricingModel: 'per-verification' });
	});

	it('searches in three groups', async () => {
		const found = await catalogClient(sandbox).search({ query: checkSearchQuery('course'), page: 1, limit: 50 });
		expect(found.credentials.records[0]).toMatchObject({ credentialId: courseId, relevance: 0.95 });
		expect(found.programs.records.length).toBeGreaterThan(0);
		expect(found.issuers.records).toEqual([]);
	});

	it('needs no token, and sends none', async () => {
		await catalogClient(sandbox).schemas({ page: 1, limit: 1 });
		expect(sandbox.traffic.requests().at(-1)).toMatchObject({ route: 'moca.catalog.schemas', status: 200 });
	});

	it('keeps an ID in its place in the address, whatever it contains', async () => {
		const failure = await failureOf(catalogClient(sandbox).schema(schemaId('../programs?page=1')));
		expect(failure.message).toContain('Reading the schema “../programs?page=1” did not work: the catalog does not have it');
	});
});

describe('the address', () => {
	it.each(['', '/', '/catalog', '/catalog/', '/v1', '/v1/', '/v1/catalog'])('a custom one may end in “%s”', async (end) => {
		const { total } = await catalogClient(sandbox, sandbox.url + end).schemas({ page: 1, limit: 1 });
		expect(total).toBe(237);
	});

	it('of the sandbox is the one that was seen working, which is not the API’s', () => {
		expect(catalogUrlOf({ environment: 'sandbox' }, 'Enter the address.')).toBe('https://credential-testnet.api.sandbox.air3.com/catalog');
	});

	it('of production is not documented, and says so', () => {
		expect(() => catalogUrlOf({ environment: 'production' }, 'Enter the address.')).toThrow('name no catalog for production');
	});

	it.each(['http://catalog.example.com', 'ftp://127.0.0.1', 'catalog', ''])('custom “%s” is refused', (catalogBaseUrl) => {
		expect(() => catalogUrlOf({ environment: 'custom', catalogBaseUrl }, 'Enter the address.')).toThrow(ExplainedFailure);
	});

	it.each([
		['forbidden', 403],
		['missing', 404],
	] as const)('whose host is %s names the setting to change', async (access, httpStatus) => {
		sandbox.moca.settings.catalogUnderV1 = access;
		const { message, details } = await failureOf(catalogClient(sandbox, `${sandbox.url}/v1`).schemas({ page: 1, limit: 1 }));
		expect(message).toMatch(/: at 127\.0\.0\.1:\d+ there is no catalog, or it is closed to us/);
		expect(details).toMatchObject({ httpStatus, hint: expect.stringContaining('Catalog Base URL') as string });
	});

	it('that a gateway’s 404 page comes from is told apart from an entry that is not there', async () => {
		sandbox.faults.add({ route: 'moca.catalog.credential', answer: { kind: 'html', status: 404 } });
		const { message, details } = await failureOf(catalogClient(sandbox).credential(courseId));
		expect(message).toContain('there is no catalog');
		expect(details.hint).toContain('Catalog Base URL');
	});

	it('where nobody answers is named', async () => {
		const { message, details } = await failureOf(catalogClient(sandbox, 'http://127.0.0.1:1').schemas({ page: 1, limit: 1 }));
		expect(message).toBe('Reading the list of schemas did not work: the catalog could not be reached in 2 attempts');
		expect(details.hint).toContain('Catalog Base URL');
	});
});

describe('an entry that is not there', () => {
	it.each(['status', 'envelope'] as const)('is told as such, with the failure in the %s', async (catalogFailures) => {
		sandbox.moca.settings.catalogFailures = catalogFailures;
		const { message, details } = await failureOf(catalogClient(sandbox).schema(schemaId('nothing')));
		expect(message).toEqual(
			expect.stringMatching(
				/^Reading the schema “nothing” did not work: the catalog does not have it\. The catalog says: Schema not found$/,
			),
		);
		expect(details).toMatchObject({ httpStatus: catalogFailures === 'status' ? 404 : 200, retryable: false });
	});

	it('says which kind of program it may have been', async () => {
		const { details } = await failureOf(catalogClient(sandbox).program(checkCatalogId(courseId, 'program')));
		expect(details.hint).toContain('the catalog lists as a credential');
	});
});

describe('the envelope', () => {
	const clientOf = (status: number, body: unknown) =>
		createCatalogClient(fakeSend(answer(status, body)).send, 'https://catalog.example.com/catalog', mocaHints);
	const data = { records: [{ schemaId: 'a' }] };

	it.each([80000000, '80000000'])('is success with the code %p', async (code) => {
		const { records } = await clientOf(200, { code, msg: 'success', data }).schemas({ page: 1, limit: 1 });
		expect(records).toEqual([{ schemaId: 'a' }]);
	});

	it.each([80000001, '80000404', 0, null])('is a refusal with the code %p, also with HTTP 200 and data', async (code) => {
		const { message, details } = await failureOf(clientOf(200, { code, msg: 'Busy', data }).schemas({ page: 1, limit: 1 }));
		expect(message).toBe('Reading the list of schemas did not work: the catalog did not give it. The catalog says: Busy');
		expect(details.httpStatus).toBe(200);
	});

	it('without data says so', async () => {
		const { message } = await failureOf(clientOf(200, { code: 80000000, msg: 'success' }).schemas({ page: 1, limit: 1 }));
		expect(message).toEqual(expect.stringMatching(/^Reading the list of schemas ended unclear: .*: it has no data$/));
	});

	it('with data of another shape says so', async () => {
		const { message } = await failureOf(clientOf(200, { code: 80000000, data: { rows: [] } }).schemas({ page: 1, limit: 1 }));
		expect(message).toContain('its data is not as documented');
	});

	it('that is a web page says so, and does not show it', async () => {
		const { message, details } = await failureOf(clientOf(200, '<html>Welcome</html>').schemas({ page: 1, limit: 1 }));
		expect(message).toContain('it is not JSON');
		expect(`${message}${details.hint}`).not.toContain('Welcome');
	});

	it('keeps fields that nobody documents', async () => {
		const detail = await clientOf(200, { code: 80000000, data: { credentialId: 'x', accessibleFrom: '2026-01-01' } }).credential(courseId);
		expect(detail).toEqual({ credentialId: 'x', accessibleFrom: '2026-01-01' });
	});
});

it('tries again what may be tried again', async () => {
	sandbox.faults.add({ route: 'moca.catalog.schemas', answer: { kind: 'status', status: 503 } });
	const client = createCatalogClient(fetchSend(), `${sandbox.url}/catalog`, mocaHints);
	await expect(client.schemas({ page: 1, limit: 1 })).resolves.toBeDefined();
});

it.each(['', '   ', undefined])('refuses %p as a query', (query) => {
	expect(() => checkSearchQuery(query)).toThrow('There is nothing to search for');
});

it('refuses a query of more than 200 characters', () => {
	expect(() => checkSearchQuery('x'.repeat(201))).toThrow('has 201 characters');
});
