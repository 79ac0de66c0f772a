/**
 * The build: `dist/` is what ships. Each node and each n8n credential becomes one file with everything it needs inside, because a package
 * that n8n verifies may have no runtime dependencies; only n8n-workflow stays outside, since n8n itself provides it.
 */
const { execFile } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
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

/** esbuild's settings, for a build into this folder instead of `dist`. package.json is read anew: `npm run dev` outlives a change of it. */
function bundleOptions(folder) {
	const { n8n } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8'));
	return {
		absWorkingDir: __dirname,
		entryPoints: [...n8n.credentials, ...n8n.nodes].map((built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts')),
		outdir: folder,
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		legalComments: 'eof',
		external: ['n8n-workflow', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
		logLevel: 'warning',
	};
}

const bundle = () => build(bundleOptions('dist'));

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
