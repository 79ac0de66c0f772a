import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Links inside this repository lead somewhere: to a file that is in it, and to a heading that is on the page. Nothing is asked of the network. */
const root = join(__dirname, '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
	.split('\n')
	.filter((file) => file !== '' && existsSync(join(root, file)));
const tracked = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
const readText = (file: string): string => readFileSync(join(root, file), 'utf8');
const ownAddress = (JSON.parse(readText('package.json')) as { homepage: string }).homepage.replace(/#.*$/, '');

function foldersOf(file: string): string[] {
	const folder = posix.dirname(file);
	return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}

/** Text without what is quoted as code, every line in its place. */
const withoutCode = (text: string): string =>
	text
		.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ''))
		.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (quoted) => quoted.replace(/[^\n]/g, ''));

/** As GitHub makes them out of headings. */
function anchorsIn(text: string): Set<string> {
	const anchors = new Set<string>();
	const times = new Map<string, number>();
	for (const [, heading = ''] of text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.*)$/gm)) {
		const words = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, '');
		const anchor = words
			.trim()
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-');
		const before = times.get(anchor) ?? 0;
		times.set(anchor, before + 1);
		anchors.add(before === 0 ? anchor : `${anchor}-${before}`);
	}
	return anchors;
}

/** What a link in a file points to, as a path from the root and an anchor; undefined for what is outside. */
function pointsTo(link: string, file: string): { path: string; anchor: string } | undefined {
	const own = link.startsWith(ownAddress) ? link.slice(ownAddress.length) : undefined;
	const isElsewhere = own === undefined ? /^(\w[\w+.-]*:|\/\/)/.test(link) : /^[\w-]|^\/(?!(blob|tree)\/main\/)|^\.git/.test(own);
	if (isElsewhere) return undefined;
	const [path = '', anchor = ''] = decodeURI(own ?? link)
		// GitHub's own, on the repository's page.
		.replace(/^#readme$/, '')
		.split('#');
	if (own !== undefined) return { path: path === '' ? 'README.md' : path.replace(/^\/(blob|tree)\/main\//, ''), anchor };
	return { path: path === '' ? file : posix.normalize(posix.join(dirname(file), path)).replace(/\/$/, ''), anchor };
}

function flawOf(link: string, file: string): string[] {
	const target = pointsTo(link, file);
	if (!target) return [];
	const { path, anchor } = target;
	if (!tracked.has(path)) return [`${file}: ${link}: there is no ${path}`];
	if (anchor === '' || (path.endsWith('.md') && anchorsIn(readText(path)).has(anchor))) return [];
	return [`${file}: ${link}: ${path} has no heading “${anchor}”`];
}

const linksIn = (text: string): string[] =>
	[...withoutCode(text).matchAll(/\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)?)(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)/gm)].map(
		([, inLine, below]) => (inLine ?? below)!,
	);

const ownLinksIn = (text: string): string[] =>
	[...text.matchAll(new RegExp(`${ownAddress.replaceAll('.', '\\.')}[^\\s"'\`)<>]*`, 'g'))].map(([link]) => link);

const templates = /^scripts\//;
const pages = files.filter((file) => file.endsWith('.md') && !templates.test(file));

it.each(pages)('%s has no dead links', (page) => {
	const text = readText(page);
	expect([...new Set([...linksIn(text), ...ownLinksIn(text)])].flatMap((link) => flawOf(link, page))).toEqual([]);
});

it('nodes, n8n credentials and codex files link to pages that are there', () => {
	const sources = files.filter((file) => /^(credentials|lib|nodes)\/.*\.(ts|json)$/.test(file) || file === 'package.json');
	const links = sources.flatMap((file) => ownLinksIn(readText(file)).map((link) => ({ file, link })));
	expect(links.length).toBeGreaterThan(0);
	expect(links.flatMap(({ file, link }) => flawOf(link, file))).toEqual([]);
});

it('notes in workflows link to whole addresses, and no page of ours that is not there', () => {
	const workflows = files.filter((file) => /^workflows\/.*\.json$/.test(file));
	const notes = workflows.flatMap((file) =>
		(JSON.parse(readText(file)) as { nodes: Array<{ parameters: { content?: unknown } }> }).nodes
			.map(({ parameters }) => parameters.content)
			.filter((content) => typeof content === 'string')
			.map((content) => ({ file, content })),
	);
	expect(notes.length).toBeGreaterThan(0);
	const relative = notes.flatMap(({ file, content }) =>
		linksIn(content)
			.filter((link) => !/^\w+:/.test(link))
			.map((link) => `${file}: ${link}`),
	);
	expect([...relative, ...notes.flatMap(({ file, content }) => ownLinksIn(content).flatMap((link) => flawOf(link, file)))]).toEqual([]);
});

it('every workflow is in the README’s table, and in the recipes', () => {
	const workflows = files.filter((file) => /^workflows\/[^/]+\.json$/.test(file)).map((file) => posix.basename(file));
	const isIn = (page: string) => workflows.filter((name) => !readText(page).includes(name));
	expect({ README: isIn('README.md'), recipes: isIn('docs/recipes.md') }).toEqual({ README: [], recipes: [] });
});

describe('this check', () => {
	const flaws = (text: string, page = 'docs/jwks.md') => linksIn(text).flatMap((link) => flawOf(link, page));

	it.each([
		'[x](moca.md)',
		'[x](../README.md#the-nodes-at-a-glance)',
		'[x](#change-the-key)',
		'![x](images/workflow.png)',
		'[x](nodes)',
		'[x](https://example.com/gone.md)',
		'`[x](gone.md)`',
		'```\n[x](gone.md)\n```',
		`[x](${ownAddress}/issues)`,
		`[x](${ownAddress}/blob/main/docs/jwks.md#change-the-key)`,
	])('takes %j', (text) => expect(flaws(text)).toEqual([]));

	it.each([
		['[x](gone)', 'docs/jwks.md: gone: there is no docs/gone'],
		['[x](moca.md#gone)', 'docs/jwks.md: moca.md#gone: docs/moca.md has no heading “gone”'],
		['[x](#gone)', 'docs/jwks.md: #gone: docs/jwks.md has no heading “gone”'],
		['[x]: ../gone.md', 'docs/jwks.md: ../gone.md: there is no gone.md'],
		[`[x](${ownAddress}/blob/main/gone.md)`, `docs/jwks.md: ${ownAddress}/blob/main/gone.md: there is no gone.md`],
	])('finds what is wrong in %j', (text, flaw) => expect(flaws(text)).toEqual([flaw]));

	it('knows headings as GitHub does', () => {
		expect([...anchorsIn('# A `b` c\n## It’s _so_: here, there\n## Twice\n## Twice\n```\n# no\n```')]).toEqual([
			'a-b-c',
			'its-so-here-there',
			'twice',
			'twice-1',
		]);
	});
});
