import { catalogUrlsOf } from '../../../../lib/moca/catalog/address';
import { checkCatalogId, createCatalogClient } from '../../../../lib/moca/catalog/catalog';
import { catalogPlaces, whatTheySaid } from '../../../../lib/moca/catalog/places';
import { createSender } from '../../../../lib/http/send';
import { SendingStopped } from '../../../../lib/http/types';
import { defaultMocaSettings } from '../../../../sandbox/moca/settings';
import { fetchSend, fetchTransport } from '../../../support/clients';
import { failureOf } from '../../../support/failures';
import { answer, fakeClock, fakeSend } from '../../../support/fakes';
import { mocaHints } from '../../../support/hints';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();
beforeEach(() => Object.assign(sandbox().moca.settings, defaultMocaSettings()));

const onePage = { page: 1, limit: 1 };
const schemaId = (text: string) => checkCatalogId(text, 'schema');
const closings = ['unauthorized', 'forbidden', 'missing', 'moved'] as const;
const statusOf = { unauthorized: 401, forbidden: 403, missing: 404, moved: 308 };

/** The sandbox's two addresses, in the order in which they are looked at. */
const both = () => [`${sandbox().url}/catalog`, `${sandbox().url}/v1/catalog`];

/** A client for these addresses, and what was told of where the catalog is. */
function lookAt(catalogUrls: readonly string[] = both()) {
	const told: Array<{ catalogUrl: string; said: string }> = [];
	const places = catalogPlaces(catalogUrls, (catalogUrl, notThere) => told.push({ catalogUrl, said: whatTheySaid(notThere) }));
	return { client: createCatalogClient(fetchSend(), places, mocaHints), told };
}

const paths = () =>
	sandbox()
		.traffic.requests()
		.map(({ path }) => path.replace(/\?.*/, ''));

it('of the sandbox both documented addresses are looked at, and of no other environment more than one', () => {
	expect(catalogUrlsOf({ environment: 'sandbox' }, 'Enter it.')).toEqual([
		'https://credential-testnet.api.sandbox.air3.com/catalog',
		'https://api.sandbox.mocachain.org/v1/catalog',
	]);
	expect(catalogUrlsOf({ environment: 'custom', catalogBaseUrl: 'https://api.sandbox.mocachain.org/v1' }, 'Enter it.')).toEqual([
		'https://api.sandbox.mocachain.org/v1/catalog',
	]);
	expect(() => catalogUrlsOf({ environment: 'production' }, 'Enter it.')).toThrow('name no catalog for production');
});

describe('a catalog that is where it is looked for first', () => {
	it('is asked at no other address, and nothing is told', async () => {
		const { client, told } = lookAt();
		await client.schemas(onePage);
		await client.schemas(onePage);
		expect(paths()).toEqual(['/catalog/schemas', '/catalog/schemas']);
		expect(told).toEqual([]);
	});

	it.each(['status', 'envelope'] as const)('and does not have an entry, is asked for it nowhere else (failures as %s)', async (kind) => {
		sandbox().moca.settings.catalogFailures = kind;
		const { client, told } = lookAt();
		expect((await failureOf(client.schema(schemaId('nothing')))).message).toContain('the catalog does not have it');
		expect(paths()).toEqual(['/catalog/schemas/nothing']);
		expect(told).toEqual([]);
	});

	it('and is busy, is not looked for elsewhere', async () => {
		sandbox().faults.add({ route: 'moca.catalog.schemas', times: 9, answer: { kind: 'status', status: 503 } });
		expect((await failureOf(lookAt().client.schemas(onePage))).message).toContain('could not answer now (HTTP 503');
		expect(paths()).toEqual(['/catalog/schemas', '/catalog/schemas']);
	});

	it('and refuses what is asked, is not looked for elsewhere', async () => {
		const failure = await failureOf(lookAt().client.schemas({ page: 0, limit: 1 }));
		expect(failure.message).toContain('page must be 1 or more');
		expect(paths()).toHaveLength(1);
	});
});

describe('a catalog that moved to the other address', () => {
	it.each(closings)('is found there when the first is %s; it is remembered, and told once', async (access) => {
		sandbox().moca.settings.catalogAtRoot = access;
		const { client, told } = lookAt();
		expect(await client.schemas(onePage)).toMatchObject({ total: 237 });
		await client.programs(onePage);
		expect(paths()).toEqual(['/catalog/schemas', '/v1/catalog/schemas', '/v1/catalog/programs']);
		expect(told).toEqual([{ catalogUrl: both()[1], said: expect.stringContaining(`At ${both()[0]}: HTTP ${statusOf[access]}`) as string }]);
	});

	it('is found when nobody answers at the first', async () => {
		const silent = 'http://127.0.0.1:1/catalog';
		const { client, told } = lookAt([silent, both()[1]!]);
		expect(await client.schemas(onePage)).toMatchObject({ total: 237 });
		expect(told).toEqual([{ catalogUrl: both()[1], said: `At ${silent}: no answer (ECONNREFUSED).` }]);
	});

	it('is found when the first has a page for people', async () => {
		sandbox().faults.add({ route: 'moca.catalog.schemas', answer: { kind: 'html', status: 200 } });
		expect(await lookAt().client.schemas(onePage)).toMatchObject({ total: 237 });
	});

	it.each([
		['300', answer(300)],
		['399', answer(399)],
		['410', answer(410)],
		['a page that begins with blanks', answer(200, '\n <html>')],
	])('is looked for there after %s', async (_, reply) => {
		const { send, requests } = fakeSend(reply, answer(200, { code: 80000000, data: { schemaId: 'x' } }));
		const client = createCatalogClient(send, catalogPlaces(['https://a.example.com/catalog', 'https://b.example.com/catalog']), mocaHints);
		expect(await client.schema(schemaId('x'))).toEqual({ schemaId: 'x' });
		expect(requests.map(({ url }) => new URL(url).host)).toEqual(['a.example.com', 'b.example.com']);
	});

	it.each([
		['400', answer(400)],
		['429', answer(429)],
		['500, with a page', answer(500, '<html>')],
		['an answer that is not as documented', answer(200, { rows: [] })],
		['an answer that was cut off', answer(200, '{"code":8000')],
	])('is not looked for there after %s', async (_, reply) => {
		const { send, requests } = fakeSend(reply);
		const client = createCatalogClient(send, catalogPlaces(['https://a.example.com/catalog', 'https://b.example.com/catalog']), mocaHints);
		await failureOf(client.schema(schemaId('x')));
		expect(requests).toHaveLength(1);
	});

	it('and does not have an entry, is found all the same', async () => {
		sandbox().moca.settings.catalogAtRoot = 'missing';
		const { client, told } = lookAt();
		expect((await failureOf(client.schema(schemaId('nothing')))).message).toContain('the catalog does not have it');
		await client.schemas(onePage);
		expect(paths()).toEqual(['/catalog/schemas/nothing', '/v1/catalog/schemas/nothing', '/v1/catalog/schemas']);
		expect(told).toHaveLength(1);
	});

	it('is told once, also of requests that were on their way together', async () => {
		sandbox().moca.settings.catalogAtRoot = 'forbidden';
		const { client, told } = lookAt();
		await Promise.all([1, 2, 3].map(() => client.schemas(onePage)));
		expect(told).toHaveLength(1);
		expect(paths()).toHaveLength(6);
	});

	it('is not taken for found where a gateway says with a code of its own that a path is not found', async () => {
		const gateway = answer(404, { code: 404, message: 'Not found' });
		const entry = answer(200, { code: 80000000, data: { schemaId: 'x' } });
		const { send, requests } = fakeSend(gateway, entry);
		const client = createCatalogClient(send, catalogPlaces(['https://a.example.com/catalog', 'https://b.example.com/catalog']), mocaHints);
		expect(await client.schema(schemaId('x'))).toEqual({ schemaId: 'x' });
		expect(requests).toHaveLength(2);
	});
});

describe('a catalog that is nowhere', () => {
	const closeBoth = () => Object.assign(sandbox().moca.settings, { catalogAtRoot: 'forbidden', catalogUnderV1: 'missing' });

	it('is told with both addresses, what each said, and what to do; each was asked once', async () => {
		closeBoth();
		const { client, told } = lookAt();
		const { message, details } = await failureOf(client.schemas(onePage));
		const { host } = new URL(sandbox().url);
		expect(message).toBe(
			`Reading the list of schemas did not work: the catalog is at none of its documented addresses (${host}: HTTP 403; ${host}: HTTP 404)`,
		);
		expect(details).toMatchObject({ httpStatus: 404, code: 'no_catalog', attempts: 2, retryable: false });
		expect(details.hint).toBe(
			`Ask where the catalog is. At ${both()[0]}: HTTP 403, “Forbidden”. At ${both()[1]}: HTTP 404, “no Route matched with those values”.`,
		);
		expect(paths()).toHaveLength(2);
		expect(told).toEqual([]);
	});

	it('is looked for again at the next request: an address that was closed for one entry may be open for another', async () => {
		closeBoth();
		const { client } = lookAt();
		await failureOf(client.schemas(onePage));
		sandbox().moca.settings.catalogAtRoot = 'open';
		expect(await client.schemas(onePage)).toMatchObject({ total: 237 });
	});

	it('says to try again later when one of the two is only busy', async () => {
		sandbox().moca.settings.catalogAtRoot = 'missing';
		sandbox().faults.add({ route: 'moca.catalog.schemas', fromCall: 2, times: 9, answer: { kind: 'status', status: 503 } });
		const { message, details } = await failureOf(lookAt().client.schemas(onePage));
		expect(message).toMatch(/: HTTP 404; .*: HTTP 503\)$/);
		expect(details).toMatchObject({ retryable: true, httpStatus: 503, attempts: 3 });
	});

	it('does not blame the network when one of the two answered, and keeps its status', async () => {
		sandbox().moca.settings.catalogAtRoot = 'forbidden';
		for (const places of [
			[both()[0]!, 'http://127.0.0.1:1/catalog'],
			['http://127.0.0.1:1/catalog', both()[0]!],
		]) {
			const { details } = await failureOf(lookAt(places).client.schemas(onePage));
			expect(details).toMatchObject({
				httpStatus: 403,
				retryable: true,
				hint: expect.stringMatching(/^Ask where the catalog is\./) as string,
			});
		}
	});

	it('says to look at the network when nobody answers anywhere', async () => {
		const { message, details } = await failureOf(
			lookAt(['http://127.0.0.1:1/catalog', 'http://127.0.0.1:2/catalog']).client.schemas(onePage),
		);
		expect(message).toContain('(127.0.0.1:1: no answer (ECONNREFUSED); 127.0.0.1:2: no answer (ECONNREFUSED))');
		expect(details).toMatchObject({ httpStatus: null, retryable: true, attempts: 4 });
		expect(details.hint).toMatch(/^Check this machine’s network\./);
	});
});

it('with one address, which is what a custom one is, nothing else is tried', async () => {
	sandbox().moca.settings.catalogAtRoot = 'missing';
	const failure = await failureOf(lookAt([both()[0]!]).client.schemas(onePage));
	expect(failure.message).toContain('there is no catalog, or it is closed to us (HTTP 404)');
	expect(paths()).toEqual(['/catalog/schemas']);
});

it('a run that is stopped looks nowhere else', async () => {
	const stop = new AbortController();
	stop.abort();
	const send = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 0, clock: fakeClock(), stop: stop.signal }).through(
		fetchTransport,
	);
	await expect(createCatalogClient(send, catalogPlaces(both()), mocaHints).schemas(onePage)).rejects.toThrow(SendingStopped);
	expect(paths()).toEqual([]);
});
