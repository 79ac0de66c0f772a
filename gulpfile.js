/**
 * The build: `dist/` is what ships. Each node and each n8n credential becomes one file with everything it needs inside, because a package
 * that n8n verifies may have no runtime dependencies; only n8n-workflow stays outside, since n8n itself provides it.
 */
const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { builtinModules } = require('node:module');
const { promisify } = require('node:util');

const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const { n8n } = require('./package.json');

const run = promisify(execFile);

const clean = () => rm('dist', { recursive: true, force: true });

async function checkTypes() {
	try {
		await run(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit', '--project', 'tsconfig.build.json']);
	} catch (error) {
		throw new Error(`The types don't hold:\n${error.stdout}`);
	}
}

const bundle = () =>
	build({
		entryPoints: [...n8n.credentials, ...n8n.nodes].map((built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts')),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		legalComments: 'eof',
		external: ['n8n-workflow', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
		logLevel: 'warning',
	});

/** n8n looks for both beside the built file. One base for all: gulp takes the fixed start of each pattern for its base otherwise. */
const copyIconsAndCodex = () =>
	src(['{credentials,nodes}/**/*.{svg,png}', 'nodes/**/*.node.json'], { base: '.', encoding: false }).pipe(dest('dist'));

exports.clean = clean;
exports.build = series(clean, parallel(checkTypes, bundle, copyIconsAndCodex));
exports.default = exports.build;
