import axios from 'axios';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, NodeExecutionHint } from 'n8n-workflow';

import { createSender } from '../../../../lib/http/send';
import type { Run } from '../../../../lib/items/run';
import { MocaIssue } from '../../../../nodes/Moca/Issue/MocaIssue.node.ts';
import { catalogAccess } from '../../../../nodes/Moca/shared/catalogAccess';
import { defaultMocaSettings } from '../../../../sandbox/moca/settings';
import { fakeClock } from '../../../support/fakes';
import { failureOf } from '../../../support/failures';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();
beforeEach(() => Object.assign(sandbox().moca.settings, defaultMocaSettings()));

const first = 'https://credential-testnet.api.sandbox.air3.com/catalog';
const second = 'https://api.sandbox.mocachain.org/v1/catalog';

/** n8n's helper, in a world in which both documented hosts are this sandbox. */
async function httpRequest({ url, qs }: IHttpRequestOptions) {
	const { pathname } = new URL(url);
	if (!url.startsWith(first) && !url.startsWith(second)) throw new Error(`${url} is not documented`);
	const { status, headers, data } = await axios.get<string>(`${sandbox().url}${pathname}`, {
		params: qs,
		maxRedirects: 0,
		validateStatus: () => true,
		transformResponse: (text) => text as string,
	});
	return { statusCode: status, headers, body: data };
}

/** What a node's item finds the catalog by, without an n8n credential. */
function inRun(settings: IDataObject[]) {
	const hints: NodeExecutionHint[] = [];
	const context = {
		getNode: () => ({ name: 'Moca Catalog' }),
		getNodeParameter: (name: string, index: number) => settings[index]?.[name] ?? '',
		addExecutionHints: (...more: NodeExecutionHint[]) => hints.push(...more),
		helpers: { httpRequest },
	} as unknown as IExecuteFunctions;
	const sender = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 0, clock: fakeClock() });
	const clientFor = catalogAccess(context, { sender, options: { timeoutMs: 1_000 } } as unknown as Run);
	const read = async (index: number) => await (await clientFor(index)).schemas({ page: 1, limit: 1 });
	return { read, hints };
}

/** The list of programs in the form of Moca Issue, with these settings in the n8n credential. */
async function list(credential: IDataObject) {
	const logged: string[] = [];
	const context = {
		getNode: () => ({ name: 'Moca Issue', credentials: { mocaPartnerApi: {} } }),
		getCredentials: async () => credential,
		logger: { debug: (text: string) => logged.push(text) },
		helpers: { httpRequest },
	} as unknown as ILoadOptionsFunctions;
	return { answer: new MocaIssue().methods.listSearch.searchIssuancePrograms.call(context), logged };
}

const paths = () =>
	sandbox()
		.traffic.requests()
		.map(({ path }) => path.replace(/\?.*/, ''));

describe('in a run', () => {
	it('an address where the catalog is not any more is asked once for all items, and the output says where it was read', async () => {
		sandbox().moca.settings.catalogAtRoot = 'missing';
		const { read, hints } = inRun([{ environment: 'sandbox' }, { environment: 'sandbox' }]);
		for (const index of [0, 1]) expect(await read(index)).toMatchObject({ total: 237 });
		expect(paths()).toEqual(['/catalog/schemas', '/v1/catalog/schemas', '/v1/catalog/schemas']);
		expect(hints).toEqual([
			{
				message: `The catalog was read at ${second}. At ${first}: HTTP 404, “no Route matched with those values”. Moca’s documents name both addresses. Nothing has to be changed.`,
				type: 'info',
				location: 'outputPane',
			},
		]);
	});

	it('a catalog at its first address is read without a word', async () => {
		const { read, hints } = inRun([{ environment: 'sandbox' }]);
		await read(0);
		expect(hints).toEqual([]);
		expect(paths()).toEqual(['/catalog/schemas']);
	});

	it('a catalog at neither says what to do', async () => {
		Object.assign(sandbox().moca.settings, { catalogAtRoot: 'forbidden', catalogUnderV1: 'unauthorized' });
		const { message, details } = await failureOf(inRun([{ environment: 'sandbox' }]).read(0));
		expect(message).toContain('(credential-testnet.api.sandbox.air3.com: HTTP 403; api.sandbox.mocachain.org: HTTP 401)');
		expect(details.hint).toContain(`At ${first}: HTTP 403, “Forbidden”. At ${second}: HTTP 401, “Unauthorized”.`);
		expect(details.hint).toMatch(
			/ask Moca where the catalog is now; then choose the environment Custom.*enter that address as Catalog Base URL/,
		);
	});

	it('an empty custom address says which field to fill in, and nothing is asked', async () => {
		const failure = await failureOf(inRun([{ environment: 'custom' }]).read(0));
		expect(failure.message).toBe('The custom catalog address is empty');
		expect(failure.details.hint).toMatch(/^With the environment Custom, the catalog’s address has to be entered: fill in Catalog Base URL/);
		expect(paths()).toEqual([]);
	});
});

describe('in the form', () => {
	it('the list just works, and the log says where it was read', async () => {
		sandbox().moca.settings.catalogAtRoot = 'forbidden';
		const { answer, logged } = await list({ environment: 'sandbox' });
		expect((await answer).results.length).toBeGreaterThan(10);
		expect(paths().filter((path) => path.startsWith('/catalog'))).toEqual(['/catalog/schemas']);
		expect(logged).toEqual([expect.stringContaining(`The catalog was read at ${second}`)]);
	});

	it('a list at neither address says so, and how to go on', async () => {
		Object.assign(sandbox().moca.settings, { catalogAtRoot: 'missing', catalogUnderV1: 'missing' });
		await expect((await list({ environment: 'sandbox' })).answer).rejects.toMatchObject({
			message: expect.stringContaining('at none of its documented addresses') as string,
			description: expect.stringMatching(/^Choose By ID, and enter the ID\. .*Custom.*Catalog Base URL/) as string,
		});
	});

	it('an empty custom address says which field to fill in', async () => {
		await expect((await list({ environment: 'custom', catalogBaseUrl: '' })).answer).rejects.toMatchObject({
			message: 'The custom catalog address is empty',
			description: expect.stringMatching(/^Choose By ID, .*fill in Catalog Base URL, in the Moca credential/) as string,
		});
	});
});
