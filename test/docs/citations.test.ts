import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '../..');

/** Tracked files and new ones, as paths from the root; this file is left out, because it holds citations that are wrong on purpose. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
	.split('\n')
	.filter((file) => file !== '' && file !== relative(root, __filename) && existsSync(join(root, file)));
const sources = files.filter((file) => /\.(ts|js|mjs)$/.test(file));
const readText = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The numbered sections of a page, by number: what stands below each heading, with the headings below it. */
type Sections = Map<string, string>;

function readSections(text: string): Sections {
	const headings = [...text.matchAll(/^(#{2,6}) (\d+(?:\.\d+)?)\.? /gm)];
	return new Map(
		headings.map(({ 1: level = '', 2: number = '', index }) => {
			const rest = text.slice(index + level.length);
			const end = rest.search(new RegExp(`^#{2,${level.length}} `, 'm'));
			return [number, end < 0 ? rest : rest.slice(0, end)];
		}),
	);
}

const pages = new Map<string, Sections>();

/** `undefined` when there is no such page. */
function sectionsOf(page: string): Sections | undefined {
	if (!pages.has(page) && existsSync(join(root, page))) pages.set(page, readSections(readText(page)));
	return pages.get(page);
}

/** Whether a table has a row, or a list an item, of this number. */
const hasItem = (section: string, number: string): boolean => new RegExp(`^(\\|\\s*${number}\\s*\\||\\s*${number}\\. )`, 'm').test(section);

/** Comments that go over several lines, as one line, every character in its place. */
const flat = (text: string): string => text.replace(/\n[ \t]*(\*(?!\/)|\/\/)[ \t]?/g, (lead) => ' '.repeat(lead.length));

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** `3.4`, `3.3 and 3.8`, `3.6, 4 and 9`, `12, no. 6`, `3.2–3.6`. */
const list = String.raw`\d+(?:\.\d+)?(?:(?:,\s+|\s+and\s+|–)(?:no\.\s+)?\d+(?:\.\d+)?)*`;
const citation = new RegExp(String.raw`(docs/api/[\w-]+\.md)(?:\s+(${list}))?`, 'g');
/** With this in a comment, numbers alone in brackets are citations, too. */
const convention = /\bsection numbers\b[^.]*\b(docs\/api\/[\w-]+\.md)/i;
const comment = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const bracketed = new RegExp(String.raw`\((${list})\)`, 'g');

interface Citation {
	page: string;
	/** Empty for a page that is named as a whole. */
	sections: string;
	offset: number;
}

function citationsIn(text: string): Citation[] {
	const oneLine = flat(text);
	const named = [...oneLine.matchAll(citation)].map(({ 1: page = '', 2: sections = '', index }) => ({ page, sections, offset: index }));
	const page = convention.exec(oneLine)?.[1];
	if (page === undefined) return named;
	const comments = [...oneLine.matchAll(comment)];
	const numbers = comments.flatMap(({ 0: words, index: start }) =>
		[...words.matchAll(bracketed)].map(({ 1: sections = '', index }) => ({ page, sections, offset: start + index })),
	);
	return [...named, ...numbers];
}

function flawsOf({ page, sections }: Citation): string[] {
	const known = sectionsOf(page);
	if (!known) return [`there is no ${page}`];
	let last = '';
	return [...sections.matchAll(/(no\.\s+)?(\d+(?:\.\d+)?)/g)].flatMap(({ 1: isItem, 2: number = '' }) => {
		if (isItem) return hasItem(known.get(last) ?? '', number) ? [] : [`${page} has no no. ${number} in ${last}`];
		last = number;
		return known.has(number) ? [] : [`${page} has no section ${number}`];
	});
}

const wrongCitations = (file: string, text: string): string[] =>
	citationsIn(text).flatMap((found) => flawsOf(found).map((flaw) => `${file}:${lineAt(text, found.offset)}: ${flaw}`));

const oldCitations = (file: string, text: string): string[] =>
	[...flat(text).matchAll(/\bfact\s+sheet/gi)].map(({ index }) => `${file}:${lineAt(text, index)}: name the page below docs/api instead`);

/** A path from the root, also one that is written from where the file is. */
const document = /(?<![\w/.-])(?:\.{1,2}\/)*(docs\/[\w./-]+\.md)\b/g;

const missingDocuments = (file: string, text: string): string[] =>
	[...flat(text).matchAll(document)]
		.filter(({ 1: path = '' }) => !existsSync(join(root, path)))
		.map(({ 1: path = '', index }) => `${file}:${lineAt(text, index)}: there is no ${path}`);

describe('what comments cite', () => {
	it('is a page with that section, and that row where one is named', () => {
		expect(sources.flatMap((file) => wrongCitations(file, readText(file)))).toEqual([]);
	});

	it('can be looked up by everybody: a page of this repository', () => {
		expect(sources.flatMap((file) => oldCitations(file, readText(file)))).toEqual([]);
	});

	it('is a document that is there', () => {
		const named = [...sources, ...files.filter((file) => file.endsWith('.md'))];
		expect(named.flatMap((file) => missingDocuments(file, readText(file)))).toEqual([]);
	});
});

describe('a page', () => {
	it.each(files.filter((file) => /^docs\/api\/[^/]+\.md$/.test(file)))('%s refers to rows that it has', (page) => {
		const text = readText(page);
		const found = [...text.matchAll(/\b(\d+, no\. \d+)/g)].map(({ 1: sections = '', index }) => ({ page, sections, offset: index }));
		expect(found.flatMap(flawsOf)).toEqual([]);
	});
});

describe('this check', () => {
	const wrong = (text: string) => wrongCitations('a.ts', text);

	it.each([
		'// docs/api/moca.md',
		'// Seen (docs/api/moca.md 3.4).',
		'// docs/api/learncoin.md 3.3 and 3.8',
		'// docs/api/moca.md 3.6, 4 and 9',
		'// docs/api/learncoin.md 12, no. 6',
		'// docs/api/learncoin.md 3.2–3.6',
		'// docs/api/learncoin.md 2, recipient ID',
		'/**\n * See docs/api/learncoin.md\n * 3.3 and\n * 12, no. 2.\n */',
		'/** Section numbers are those of docs/api/learncoin.md. */\ncall(99); // As documented (3.2).',
	])('takes %j', (text) => expect(wrong(text)).toEqual([]));

	it.each([
		['// docs/api/nowhere.md 1', ['a.ts:1: there is no docs/api/nowhere.md']],
		['\n// docs/api/moca.md 3.99', ['a.ts:2: docs/api/moca.md has no section 3.99']],
		['// docs/api/moca.md 3.3 and 98', ['a.ts:1: docs/api/moca.md has no section 98']],
		['// docs/api/learncoin.md 12, no. 99', ['a.ts:1: docs/api/learncoin.md has no no. 99 in 12']],
		['// docs/api/learncoin.md 3.2–3.99', ['a.ts:1: docs/api/learncoin.md has no section 3.99']],
		['/**\n * See docs/api/moca.md\n * 97.\n */', ['a.ts:2: docs/api/moca.md has no section 97']],
		['// Section numbers: docs/api/moca.md\nx(); // (3.4)\n// (96)', ['a.ts:3: docs/api/moca.md has no section 96']],
	])('finds what is wrong in %j', (text, flaws) => expect(wrong(text)).toEqual(flaws));

	it('finds the old form, also over two lines', () => {
		expect(oldCitations('a.ts', '// Known (fact sheet 3).\n// Fact\n// sheet')).toHaveLength(2);
	});

	it('finds documents that are not there, and leaves web addresses alone', () => {
		expect(missingDocuments('a.ts', '// docs/gone.md, ../docs/gone.md, https://example.com/docs/gone.md')).toHaveLength(2);
	});
});
