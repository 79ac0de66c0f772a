import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { extract, list } from 'tar';

import { temporaryFolder } from '../../n8n/processes/temporaryFolder';
import { checkout, loadCredentials, loadNodes, readManifest } from '../../scripts/docs/nodeTypes';
import { packPackage } from '../../scripts/pack';

/** What people install: everything n8n needs, and nothing else. */
let tarball: string;
let unpacked: string;
let packed: string[];

beforeAll(async () => {
	tarball = await packPackage();
	const found: string[] = [];
	await list({ file: tarball, onReadEntry: ({ path }) => void found.push(path.replace(/^package\//, '')) });
	packed = found.sort();
	unpacked = await temporaryFolder('unpacked');
	await extract({ file: tarball, cwd: unpacked, strip: 1 });
}, 180_000);

afterAll(async () => {
	await rm(dirname(tarball), { recursive: true, force: true });
	await rm(unpacked, { recursive: true, force: true });
});

const read = (file: string): string => readFileSync(join(unpacked, file), 'utf8');

/** Named in the code as `file:name.svg`, beside the built file. */
function iconsOf(icon: unknown, folder: string): string[] {
	const { light, dark } = icon as { light: string; dark: string };
	return [light, dark].map((name) => `dist/${folder}/${name.replace(/^file:/, '')}`);
}

/** What comes out of a node, as n8n's editor shows it. */
function schemasOf(folder: string): string[] {
	const where = join(checkout, folder, '__schema__');
	if (!existsSync(where)) return [];
	const names = readdirSync(where, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
	return names.filter((name) => name.endsWith('.json')).map((name) => `dist/${folder}/__schema__/${name}`);
}

it('each node has its codex, its icons and what comes out of it beside it, each n8n credential its icons; nothing else is in it', async () => {
	const { n8n } = await readManifest();
	const credentials = (await loadCredentials()).flatMap(({ icon }) => iconsOf(icon, 'credentials'));
	const nodes = (await loadNodes()).flatMap(({ folder, description }) => [...iconsOf(description.icon, folder), ...schemasOf(folder)]);
	const codex = n8n.nodes.map((file) => file.replace(/\.js$/, '.json'));
	const own = ['LICENSE', 'README.md', 'package.json', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/lib/proof/index.js'];
	const expected = [...own, ...n8n.credentials, ...n8n.nodes, ...codex, ...credentials, ...nodes];
	expect(packed).toEqual([...new Set(expected)].sort());
});

it('it brings no package with it, and asks for none that a user’s npm would fetch', () => {
	const manifest = JSON.parse(read('package.json')) as Record<string, unknown>;
	for (const name of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies', 'overrides'])
		expect(manifest).not.toHaveProperty(name);
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(manifest.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
});

it('no built file holds code of the sandbox, the tests or the tools, nor a source map, nor a path of the machine it was built on', () => {
	const bundles = packed.filter((file) => file.endsWith('.js')).map((file) => ({ file, text: read(file) }));
	expect(bundles.length).toBeGreaterThan(0);
	const withFault = bundles.filter(
		({ text }) => /^\/\/ (sandbox|test|scripts|n8n)\//m.test(text) || text.includes('sourceMappingURL') || text.includes(checkout),
	);
	expect(withFault.map(({ file }) => file)).toEqual([]);
	// The bundler names each source file in a comment, without which the first check would see nothing.
	for (const { file, text } of bundles) expect(text).toMatch(`// ${file.replace(/^dist\//, '').replace(/\.js$/, '.ts')}\n`);
});

it('the licence of every package whose code or text is in a built file lies beside it', () => {
	const texts = packed.filter((file) => file.endsWith('.js')).map(read);
	const bundled = texts.flatMap((text) =>
		[...text.matchAll(/^\s*\/\/ .*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm)].map(([, name]) => name!),
	);
	const licences = read('dist/THIRD-PARTY-LICENSES.txt');
	expect(new Set(bundled).size).toBeGreaterThan(5);
	expect([...new Set(bundled)].filter((name) => !licences.includes(`\n${name} `))).toEqual([]);
	expect(licences).toContain('W3C Software and Document License');
	expect(licences).toContain('1EdTech');
});
