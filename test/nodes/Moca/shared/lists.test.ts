import type { INodeListSearchResult } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { searchList, type FormState } from '../../../support/form';
import { partnerCredential } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { catalogAtRoot: 'open' });
});

const withCredential = (): FormState => ({
	parameters: {},
	credential: { ...partnerCredential(sandbox), catalogBaseUrl: sandbox.moca.catalogBaseUrl },
});
const withoutCredential = (): FormState => ({ parameters: { environment: 'custom', catalogBaseUrl: sandbox.url } });

/** All pages of a list, as somebody sees them who scrolls to its end. */
async function scrolled(read: (page?: string) => Promise<INodeListSearchResult>): Promise<INodeListSearchResult['results']> {
	const results: INodeListSearchResult['results'] = [];
	for (let page: string | undefined, pages = 0; pages < 50; pages++) {
		const answer = await read(page);
		results.push(...answer.results);
		page = answer.paginationToken;
		if (page === undefined) return results;
	}
	throw new Error('The list does not end');
}

const unique = (results: INodeListSearchResult['results']) => new Set(results.map(({ value }) => value));

describe('the list of issuance programs', () => {
	it('has all of them without a text, page by page, although no call lists them', async () => {
		const results = await scrolled((page) => searchList('mocaIssue', 'searchIssuancePrograms', withCredential(), undefined, page));
		expect(unique(results)).toEqual(new Set(sandbox.moca.catalog.credentials.map(({ credentialId }) => credentialId)));
		expect(results).toHaveLength(unique(results).size);
	});

	it('reads at most 20 schemas for one page', async () => {
		await searchList('mocaIssue', 'searchIssuancePrograms', withCredential());
		expect(sandbox.traffic.requests().map(({ route }) => route)).toEqual([
			'moca.catalog.schemas',
			...Array<string>(20).fill('moca.catalog.schema'),
		]);
	});

	it('has what the search finds for a text, with who issues it', async () => {
		const { results } = await searchList('mocaIssue', 'searchIssuancePrograms', withCredential(), 'course compl');
		expect(results[0]).toEqual({ name: 'Course Completion (Sandbox Academy)', value: 'c26k40g0m71tq0035218Ra' });
		expect(sandbox.traffic.requests().map(({ route }) => route)).toEqual(['moca.catalog.search']);
	});

	it('finds a program by its ID', async () => {
		const { results } = await searchList('mocaIssue', 'searchIssuancePrograms', withCredential(), 'c26k40g0m71tq0035218Ra');
		expect(results).toHaveLength(1);
	});

	it('goes through all pages of what the search finds', async () => {
		const results = await scrolled((page) => searchList('mocaIssue', 'searchIssuancePrograms', withCredential(), 'education', page));
		const found = sandbox.moca.catalog.credentials.filter(({ category }) => category === 'education');
		expect(found.length).toBeGreaterThan(50);
		expect(unique(results)).toEqual(new Set(found.map(({ credentialId }) => credentialId)));
	});

	it('does not show a draft', async () => {
		const { results } = await searchList('mocaIssue', 'searchIssuancePrograms', withCredential(), 'Unpublished Draft');
		expect(results).toEqual([]);
	});
});

describe('the list of verification programs', () => {
	const list = (filter?: string, page?: string) =>
		searchList('mocaCatalog', 'searchVerificationPrograms', withoutCredential(), filter, page);

	it('has all of them without a text', async () => {
		const results = await scrolled((page) => list(undefined, page));
		expect(unique(results)).toEqual(new Set(sandbox.moca.catalog.programs.map(({ programId }) => programId)));
	});

	it('has what the search finds for a text, and no issuance programs', async () => {
		const { results } = await list('course completion');
		expect(results[0]).toMatchObject({ name: 'Gatekeeper Rentals: Course Completion' });
		expect(results.every(({ value }) => String(value).startsWith('prg_'))).toBe(true);
	});
});

describe('the list of schemas', () => {
	const list = (filter?: string, page?: string) => searchList('mocaCatalog', 'searchSchemas', withoutCredential(), filter, page);

	it('has all of them without a text, by title', async () => {
		const results = await scrolled((page) => list(undefined, page));
		expect(unique(results).size).toBe(237);
		expect(results[0]).toMatchObject({ name: 'AccessibilityAttendance' });
	});

	it('has those whose title or ID has the text, although the search does not find schemas', async () => {
		expect((await list('maraTHON')).results).toHaveLength(9);
		expect((await list('c26j90e1bx5hn0027734Wd')).results).toMatchObject([{ name: 'CourseCompletion' }]);
	});

	it('ends when nothing has the text', async () => {
		expect(await list('zzzz')).toEqual({ results: [] });
		expect(sandbox.traffic.requests()).toHaveLength(3);
	});
});

describe('a list that can’t be loaded says why, and lets the ID be typed', () => {
	it.each([
		['is closed', () => (sandbox.moca.settings.catalogAtRoot = 'forbidden'), 'there is no catalog, or it is closed to us'],
		['is not there', () => (sandbox.moca.settings.catalogAtRoot = 'missing'), 'there is no catalog, or it is closed to us'],
	])('when the catalog %s', async (_, arrange, message) => {
		arrange();
		const failure = searchList('mocaIssue', 'searchIssuancePrograms', withCredential());
		await expect(failure).rejects.toMatchObject({
			message: expect.stringContaining(message) as string,
			description: expect.stringMatching(/^Choose By ID, and enter the ID\. .*Catalog Base URL/) as string,
		});
	});

	it('when no n8n credential is chosen in Moca Issue', async () => {
		await expect(searchList('mocaIssue', 'searchIssuancePrograms', { parameters: {} })).rejects.toThrow('No Moca credential is chosen yet');
	});

	it('for production, for which no catalog is documented', async () => {
		const credential = { ...partnerCredential(sandbox), environment: 'production' };
		await expect(searchList('mocaIssue', 'searchIssuancePrograms', { parameters: {}, credential })).rejects.toThrow(
			'name no catalog for production',
		);
	});
});
