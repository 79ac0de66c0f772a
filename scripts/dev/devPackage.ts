import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { parts } from '../../gulpfile';
import { FixableError } from '../../n8n/errors';
import type { InstalledN8n } from '../../n8n/install/installN8n';
import { communityFolder } from '../../n8n/install/installNodes';
import { runTool } from '../../n8n/processes/runTool';
import { Bundles } from './bundles';

/** What one change came to. */
export interface Built {
	/** What was written anew: nodes and n8n credentials, such as MocaIssue, and the names of icons and codex files. */
	names: string[];
	/** True when there are other nodes or n8n credentials than before: n8n reads that only when it starts. */
	needsRestart: boolean;
}

/**
 * The package as n8n finds it among its community packages: package.json, and a `dist` of its own. The checkout itself isn't linked, because
 * n8n watches a package with all its folders: node_modules, and the database and the log of the very n8n that watches.
 */
export class DevPackage {
	readonly folder: string;
	private readonly dist: string;
	private readonly bundles: Bundles;
	private loads = '';
	/** Stays true over builds that fail, as when package.json names a file that is yet to be written. */
	private needsRestart = false;

	/** @param n8nFolder the folder that n8n keeps everything in */
	constructor(
		private readonly checkout: string,
		n8nFolder: string,
	) {
		this.folder = join(communityFolder(n8nFolder), 'node_modules', 'n8n-nodes-moca-learncoin');
		this.dist = join(this.folder, 'dist');
		this.bundles = new Bundles(this.dist);
	}

	/** Builds everything, with nothing left of an earlier time. */
	async buildAll(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
		await mkdir(this.folder, { recursive: true });
		await this.takeManifest();
		await Promise.all([this.bundles.build(), parts.copyIconsAndCodex(this.dist)]);
	}

	/** Builds what these files go into. */
	async build(changed: string[]): Promise<Built> {
		if (changed.includes('package.json') && (await this.takeManifest())) {
			await this.bundles.forgetEntries();
			this.needsRestart = true;
		}
		const names = await this.bundles.build();
		const copied = changed.filter((file) => /\.(svg|png|node\.json)$/.test(file) && existsSync(join(this.checkout, file)));
		if (copied.length > 0) await parts.copyIconsAndCodex(this.dist, copied);
		const { needsRestart } = this;
		this.needsRestart = false;
		return { names: [...names, ...copied.map((file) => basename(file))], needsRestart };
	}

	/** Draws n8n's attention: of what is changed while it starts, it doesn't know. */
	async touch(): Promise<void> {
		await utimes(join(this.folder, 'package.json'), new Date(), new Date());
	}

	/** Why n8n can't load what was built, with the place in the sources; nothing if plain Node can. n8n's own log doesn't tell. */
	async whyItDoesNotLoad({ node }: InstalledN8n): Promise<string> {
		const { ok, output } = await runTool({ command: node, args: ['--enable-source-maps', '-e', loadEverything], cwd: this.folder });
		const lines = output.split('\n').filter((line) => !/^\s+at .*(node:internal|\[eval\])|^Node\.js v/.test(line));
		return ok ? '' : lines.join('\n').trim();
	}

	/** Gives true when it names other files to load than before. */
	private async takeManifest(): Promise<boolean> {
		const text = await readFile(join(this.checkout, 'package.json'), 'utf8');
		const loads = JSON.stringify(parseManifest(text).n8n);
		const isDifferent = loads !== this.loads;
		if (isDifferent) await writeFile(join(this.folder, 'package.json'), text);
		this.loads = loads;
		return isDifferent;
	}
}

function parseManifest(text: string): { n8n: unknown } {
	try {
		return JSON.parse(text) as { n8n: unknown };
	} catch (error) {
		throw new FixableError(`It isn't JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** As n8n does: each file exports a class of its own name. */
const loadEverything = `
	const { basename, resolve } = require('node:path');
	const { n8n } = require(resolve('package.json'));
	for (const file of [...n8n.nodes, ...n8n.credentials]) new (require(resolve(file))[basename(file).split('.')[0]])();
`;
