import { open, stat } from 'node:fs/promises';

import { askUntil } from '../../n8n/processes/askUntil';
import type { RunningN8n } from '../../n8n/server/startN8n';

/**
 * n8n reloads a package by itself when one of its files has changed (N8N_DEV_RELOAD): nodes, n8n credentials, icons and codex files. That it
 * has is to be seen by the types it gives to the editor; that it couldn't, only in its log.
 */
const failure = 'Hot reload failed for n8n-nodes-moca-learncoin';

/** What n8n had loaded at one moment. */
export interface Before {
	typesVersion: string;
	logLength: number;
}

export const lookAt = async ({ rest, logFile }: RunningN8n): Promise<Before> => ({
	typesVersion: await rest.typesVersion(),
	logLength: (await stat(logFile)).size,
});

/** Waits until n8n has reloaded the package. Gives `missed` when it took no notice in this time, as while it is starting. */
export async function untilReloaded(
	{ rest, logFile }: RunningN8n,
	before: Before,
	timeoutMs: number,
): Promise<'reloaded' | 'failed' | 'missed'> {
	const look = async () => {
		if ((await textFrom(logFile, before.logLength)).includes(failure)) return 'failed';
		return (await rest.typesVersion()) === before.typesVersion ? 'missed' : 'reloaded';
	};
	return askUntil(look, (seen) => seen !== 'missed', { everyMs: 100, timeoutMs });
}

async function textFrom(file: string, start: number): Promise<string> {
	const handle = await open(file);
	const chunks: Buffer[] = [];
	for await (const chunk of handle.createReadStream({ start })) chunks.push(chunk as Buffer); // closes it at the end
	return Buffer.concat(chunks).toString();
}
