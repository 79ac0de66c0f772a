import type { BuildOptions } from 'esbuild';

/** What gulpfile.js offers to `npm run dev`: the build of `dist/`, into another folder. */
export const parts: {
	bundleOptions(folder: string): BuildOptions;
	/** Copies what n8n looks for beside the built files; all of it, if not told which. */
	copyIconsAndCodex(folder: string, files?: string[]): Promise<void>;
	/** Calls back with each file of package.json, credentials, nodes and lib that was changed, added or removed, by its path from here. */
	watchSources(onChange: (file: string) => void): void;
};
