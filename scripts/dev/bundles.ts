import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { context, type BuildContext, type OutputFile } from 'esbuild';

import { parts } from '../../gulpfile';
import { FixableError } from '../../n8n/errors';

/** The nodes and n8n credentials, built as `gulp build` does but with source maps, again and again into one folder. */
export class Bundles {
	private readonly written = new Map<string, string>();
	private building: BuildContext | undefined;

	constructor(private readonly folder: string) {}

	/**
	 * Builds anew, and writes what has become different: n8n takes every file that is written for a reason to reload.
	 *
	 * @returns the names of what was written, such as MocaIssue
	 * @throws FixableError when it doesn't build; esbuild has already said why on the standard error output
	 */
	async build(): Promise<string[]> {
		this.building ??= await context({ ...parts.bundleOptions(this.folder), sourcemap: 'linked', write: false });
		const { outputFiles = [] } = await this.building.rebuild().catch(() => {
			throw new FixableError('The nodes could not be built, see above.');
		});
		const different = outputFiles.filter(({ path, hash }) => this.written.get(path) !== hash);
		await Promise.all(different.map((file) => this.write(file)));
		return [...new Set(different.map(({ path }) => nameOf(path)))].sort();
	}

	/** Makes the next build look anew which nodes and n8n credentials there are. */
	async forgetEntries(): Promise<void> {
		await this.building?.dispose();
		this.building = undefined;
	}

	private async write({ path, contents, hash }: OutputFile): Promise<void> {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, contents);
		this.written.set(path, hash);
	}
}

/** By its folder, where the file is what a folder gives. */
const nameOf = (path: string): string => (path.includes('/index.') ? basename(dirname(path)) : (basename(path).split('.', 1)[0] ?? ''));
