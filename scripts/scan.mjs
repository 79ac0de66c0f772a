/**
 * n8n's official scanner, offline: on the packed package (what users get) and on the sources, because n8n scans both before it verifies
 * a package.
 *
 * `node scripts/scan.mjs [folder]`, by default this repository. Exits with 1 on any error, and when a node or credential that package.json
 * registers wasn't among the files looked at: the scanner itself calls a folder without files "passed".
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';

import { ESLint } from 'eslint';
import { extract } from 'tar';

const packageFolder = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const workFolder = realpathSync(mkdtempSync(join(tmpdir(), 'scan-')));
process.on('exit', () => rmSync(workFolder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

// The scanner makes a temporary folder as soon as it is imported and leaves it behind, so it gets one that is removed with ours.
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = workFolder;
// With NODE_ENV=test, one of n8n's plugins takes every file for the fixture of its own tests.
delete process.env.NODE_ENV;
const { analyzePackage, buildScanConfig, SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');

/** The patterns n8n applies to a tarball; the scanner holds them inside a function that downloads. */
const packedFilePatterns = ['**/*.js', 'package.json'];

function npm(...args) {
	// Inside `npm run`, npm names its own program: no shell is needed to find it, on Windows neither.
	const [command, ...before] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
	const { status, stdout, stderr, error } = spawnSync(command, [...before, ...args], { cwd: packageFolder, encoding: 'utf8' });
	if (status === 0) return;
	console.log([stdout, stderr, error?.message].filter(Boolean).join('\n'));
	console.log(`npm ${args.slice(0, 2).join(' ')} failed, so there is nothing to scan`);
	process.exit(1);
}

async function packAndUnpack() {
	npm('run', 'build', '--if-present');
	npm('pack', '--ignore-scripts', '--pack-destination', workFolder);
	const filename = (await readdir(workFolder)).find((name) => name.endsWith('.tgz'));
	const unpacked = join(workFolder, 'unpacked');
	await mkdir(unpacked);
	await extract({ file: join(workFolder, filename), cwd: unpacked, strip: 1 });
	return unpacked;
}

/** The scanner's own rules and options, but with the findings as data: it returns them only as text, and without the number of files. */
async function findings(folder, patterns) {
	const overrideConfig = await buildScanConfig();
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig,
		errorOnUnmatchedPattern: false,
	});
	return await eslint.lintFiles(patterns);
}

function registeredFiles(folder, translate) {
	const { n8n = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return [...(n8n.credentials ?? []), ...(n8n.nodes ?? [])].map(translate);
}

async function scan(title, folder, patterns, mustHaveSeen) {
	const results = await findings(folder, patterns);
	const nameOf = ({ filePath }) => relative(folder, filePath).split(sep).join('/');
	const seen = new Set(results.map(nameOf));
	const lines = { error: [], warning: [] };

	for (const result of results) {
		for (const { line, ruleId, message, severity } of result.messages) {
			const kind = severity === 2 ? 'error' : 'warning';
			lines[kind].push(`${nameOf(result)}:${line ?? 1} ${ruleId ?? 'parse'} ${message}`);
		}
	}
	const unseen = mustHaveSeen.filter((file) => !seen.has(file));
	for (const file of unseen) lines.error.push(`${file}:1 registered in package.json, but not among the files scanned`);
	if (mustHaveSeen.length === 0) lines.error.push('package.json:1 registers no node and no credential: nothing was scanned');

	// The verdict is the scanner's; ours above may only be stricter.
	const verdict = await analyzePackage(folder, patterns);
	if (!verdict.passed && lines.error.length === 0) lines.error.push(`${verdict.message}\n${verdict.details ?? ''}`);

	console.log(`${title}: ${seen.size} files, ${lines.error.length} errors, ${lines.warning.length} warnings`);
	for (const kind of ['error', 'warning']) for (const line of lines[kind]) console.log(`  ${kind} ${line}`);
	return lines.error.length;
}

const unpacked = await packAndUnpack();
const errors =
	(await scan(
		'packed',
		unpacked,
		packedFilePatterns,
		registeredFiles(unpacked, (file) => file),
	)) +
	(await scan(
		'sources',
		packageFolder,
		SOURCE_FILE_PATTERNS,
		registeredFiles(packageFolder, (file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
	));
process.exitCode = errors > 0 ? 1 : 0;
