import { join } from 'node:path';

import { build } from 'esbuild';

import { parts } from '../../../gulpfile';

/** In the checkout, so that what stays outside of the bundles is found. */
const folder = join(__dirname, '..', '..', '..', '.bench', 'built');

/** Builds what ships, for the benchmarks alone, and gives the folder. The sources themselves can't be measured: they aren't bundled. */
export async function buildNodes(): Promise<string> {
	await build(parts.bundleOptions(folder));
	return folder;
}
