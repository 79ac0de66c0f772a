import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The shape of the house, beside who may know whom, which the linter holds. */
const repository = resolve(__dirname, '..');
const parts = /^(credentials|lib|n8n|nodes|sandbox|scripts)\//;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: repository, encoding: 'utf8' })
	.split('\n')
	.filter((file) => parts.test(file) && existsSync(join(repository, file)));
const sources = files.filter((file) => /\.(ts|mjs|js)$/.test(file));

it('no file outside tests is longer than 200 lines', () => {
	const long = sources.filter((file) => readFileSync(join(repository, file), 'utf8').split('\n').length - 1 > 200);
	expect(long).toEqual([]);
});

it('no folder holds more than about a dozen files', () => {
	const counts = new Map<string, number>();
	for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
	expect([...counts].filter(([, count]) => count > 14)).toEqual([]);
});

it('no files import each other in a circle, types included', () => {
	const graph = new Map(sources.map((file) => [file, importsOf(file)]));
	expect(circlesIn(graph)).toEqual([]);
});

function importsOf(file: string): string[] {
	const text = readFileSync(join(repository, file), 'utf8');
	const specifiers = [...text.matchAll(/^(?:import|export)\b[^;'"]*?(?:from )?['"](\.{1,2}\/[^'"]+)['"]/gm)].map(
		([, specifier]) => specifier!,
	);
	return specifiers.flatMap((specifier) => {
		const base = relative(repository, resolve(repository, dirname(file), specifier));
		return [base, `${base}.ts`, `${base}/index.ts`].filter((candidate) => sources.includes(candidate)).slice(0, 1);
	});
}

/** Each circle once, as the way round. */
function circlesIn(graph: Map<string, string[]>): string[] {
	const circles: string[] = [];
	const done = new Set<string>();
	const visit = (file: string, way: string[]) => {
		const start = way.indexOf(file);
		if (start >= 0) circles.push([...way.slice(start), file].join(' → '));
		if (start >= 0 || done.has(file)) return;
		for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
		done.add(file);
	};
	for (const file of graph.keys()) visit(file, []);
	return circles;
}
