/**
 * The build: `dist/` is what ships. Each node and each n8n credential becomes one file with everything it needs inside, because a package
 * that n8n verifies may have no runtime dependencies; only n8n-workflow stays outside, since n8n itself provides it. What is large and seldom
 * needed becomes a file of its own, which is loaded when it is needed: n8n loads every node when it starts.
 */
const { execFile } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { rm, writeFile } = require('node:fs/promises');
const { builtinModules } = require('node:module');
const { join } = require('node:path');
const { promisify } = require('node:util');

const { build } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');

const run = promisify(execFile);

/** n8n looks for them beside the built file. What comes out of a node (`__schema__`) its editor shows before the node was run. */
const iconsAndCodex = ['{credentials,nodes}/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

const clean = () => rm('dist', { recursive: true, force: true });

async function checkTypes() {
	try {
		await run(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit', '--project', 'tsconfig.build.json']);
	} catch (error) {
		throw new Error(`The types don't hold:\n${error.stdout}`);
	}
}

const loadedLater = ['lib/proof'];

const stayOutside = {
	name: 'stay outside',
	setup({ onResolve }) {
		onResolve({ filter: /^\.\.\// }, ({ path, kind }) => {
			const part = loadedLater.find((one) => path.endsWith(`/${one}`));
			return part && kind === 'dynamic-import' ? { path: `${path}/index.js`, external: true } : undefined;
		});
	},
};

/** Whatever a library takes from Node that a node of n8n may not have, in a form that it may. */
const forN8n = {
	name: 'for n8n',
	setup({ onResolve }) {
		onResolve({ filter: /^\.\/platform$/ }, ({ importer }) =>
			importer.includes(join('node_modules', 'rdf-canonize')) ? { path: join(__dirname, 'lib/proof/rdf/canonizePlatform.ts') } : undefined,
		);
	},
};

/** esbuild's settings, for a build into this folder instead of `dist`. package.json is read anew: `npm run dev` outlives a change of it. */
function bundleOptions(folder) {
	const { n8n } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8'));
	return {
		absWorkingDir: __dirname,
		entryPoints: [
			...[...n8n.credentials, ...n8n.nodes].map((built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts')),
			...loadedLater.map((part) => `${part}/index.ts`),
		],
		outdir: folder,
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		legalComments: 'eof',
		plugins: [stayOutside, forN8n],
		// By `require`, as n8n loads nodes.
		supported: { 'dynamic-import': false },
		// cborg and rdf-canonize look at what n8n's rules forbid, to find out whether they are in a browser, or are to warn.
		define: { 'globalThis.Buffer': 'Buffer', 'globalThis.process': 'false', 'globalThis.RDF_CANONIZE_TRACE_URDNA2015': 'false' },
		drop: ['console'],
		external: ['n8n-workflow', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
		logLevel: 'warning',
	};
}

/** Texts within packages that somebody else wrote than the package. */
const otherTexts = `The contexts of verifiable credentials, of data integrity and of status lists are texts of the W3C, under the W3C Software and Document License
(https://www.w3.org/copyright/software-license-2023/). Copyright © World Wide Web Consortium. The context of Open Badges 3.0 is a text of 1EdTech Consortium,
Inc. (https://www.1edtech.org).`;

async function bundle() {
	const { metafile } = await build({ ...bundleOptions('dist'), metafile: true });
	await writeFile(join(__dirname, 'dist/THIRD-PARTY-LICENSES.txt'), licencesOf(Object.keys(metafile.inputs)));
}

/** What the licences of the bundled packages ask for: their texts, beside the code. */
function licencesOf(files) {
	const folders = new Set(files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean));
	const parts = [...folders].sort().map((folder) => {
		const { name, version, license, author } = JSON.parse(readFileSync(join(__dirname, folder, 'package.json'), 'utf8'));
		const file = readdirSync(join(__dirname, folder)).find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
		const text = file ? readFileSync(join(__dirname, folder, file), 'utf8') : `${license}. ${author?.name ?? author ?? ''}`;
		return `${name} ${version} (${license})\n\n${text.trim()}`;
	});
	return `${[otherTexts, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** One base for all: gulp takes the fixed start of each pattern for its base otherwise. */
const copyTo = (folder, files) => () => src(files, { cwd: __dirname, base: __dirname, encoding: false }).pipe(dest(folder));

const copyIconsAndCodex = copyTo('dist', iconsAndCodex);
copyIconsAndCodex.displayName = 'copyIconsAndCodex';

exports.clean = clean;
exports.build = series(clean, parallel(checkTypes, bundle, copyIconsAndCodex));
exports.default = exports.build;

/** The same build for `npm run dev`, which has a folder of its own. Not functions, or gulp would take them for tasks. */
exports.parts = {
	bundleOptions,
	copyIconsAndCodex: (folder, files = iconsAndCodex) => promisify(series(copyTo(folder, files)))(),
	// Folders, not patterns: of several patterns of which some begin with braces, the watcher follows only a part.
	watchSources(onChange) {
		const watcher = watch(['credentials', 'nodes', 'lib', 'package.json'], { cwd: __dirname });
		for (const event of ['add', 'change', 'unlink']) watcher.on(event, onChange);
	},
};
