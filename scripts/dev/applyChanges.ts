import { explain } from '../../n8n/errors';
import type { InstalledN8n } from '../../n8n/install/installN8n';
import type { RunningN8n } from '../../n8n/server/startN8n';
import type { DevPackage } from './devPackage';
import { lookAt, untilReloaded, type Before } from './reload';

export interface DevSession {
	devPackage: DevPackage;
	n8n: RunningN8n;
	installed: InstalledN8n;
	say: (line: string) => void;
}

/** Builds what these files go into, sees to it that n8n has it, and says what came of it. Never throws: the next change is another try. */
export async function applyChanges(files: string[], session: DevSession): Promise<void> {
	try {
		session.say(`${listed(files)}: ${await apply(files, session)}`);
	} catch (error) {
		session.say(`${listed(files)}: ${explain(error)}`);
	}
}

async function apply(files: string[], { devPackage, n8n, installed }: DevSession): Promise<string> {
	const since = stopwatch();
	const before = n8n.isRunning() ? await lookAt(n8n) : undefined;
	const { names, needsRestart } = await devPackage.build(files);
	if (names.length === 0 && !needsRestart) return 'nothing that is built has changed';

	const buildSeconds = since();
	const how = before && !needsRestart ? await reload(before, devPackage, n8n) : 'missed';
	if (how === 'failed') {
		const why = (await devPackage.whyItDoesNotLoad(installed)) || `What it says is in ${n8n.logFile}`;
		return `n8n could not load this. The nodes are back after the next change that it can load.\n${why}`;
	}
	if (how === 'missed') await n8n.restart();
	const done = how === 'missed' ? 'n8n started again' : 'reloaded';
	const hint = files.some((file) => /\.(svg|png)$/.test(file)) ? '\nThe browser keeps icons: reload the page without its cache.' : '';
	return `${[listed(names), done].filter(Boolean).join(', ')} after ${since()} s (built in ${buildSeconds} s)${hint}`;
}

async function reload(before: Before, devPackage: DevPackage, n8n: RunningN8n): ReturnType<typeof untilReloaded> {
	const how = await untilReloaded(n8n, before, 5_000);
	if (how !== 'missed') return how;
	await devPackage.touch();
	return untilReloaded(n8n, before, 10_000);
}

const listed = (names: string[]) => (names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', '));

function stopwatch(): () => string {
	const startedAt = performance.now();
	return () => ((performance.now() - startedAt) / 1000).toFixed(1);
}
