import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { packPackage } from '../../../pack';
import { measureHolds, type Hold } from '../../proof/holds';
import { issueBatches } from '../../proof/issued';
import { measureLoading, type Loading } from '../../proof/loading';
import { measureStarts, type Starts } from '../../proof/n8nStart';
import { batches, batchSize, measureVerifying, type Verifying } from '../../proof/verifying';
import { idle, type Flow } from '../flows';
import { openRange, type Range } from '../range';

/** 500 badges in a real n8n. */
export interface InN8n {
	ms: number;
	requests: number;
	/** Beyond an n8n that holds the same items, MB. */
	beyondIdleMb: number;
}

export interface BadgeResults extends Verifying {
	n8n: InN8n;
	/** The longest first. */
	holds: Hold[];
	loading: Loading;
	starts: Starts;
}

const turns = 2;

/** What checking badges takes, and what it spares those who don't. */
export async function measureBadges(say: (line: string) => void): Promise<BadgeResults> {
	const range = await openRange();
	const n8n = await checkInN8n(range).finally(() => range.stop());
	say(`badges in n8n: ${n8n.ms.toFixed(0)} ms, ${n8n.requests} requests, +${n8n.beyondIdleMb.toFixed(0)} MB`);
	const checked = await measureVerifying();
	const [holds, loading] = [await measureHolds(), await measureLoading()];
	const tarball = await packPackage();
	const starts = await measureStarts(tarball).finally(() => rm(dirname(tarball), { recursive: true, force: true }));
	say(`n8n’s start: ${starts.withPackage.toFixed(0)} ms with the package, ${starts.without.toFixed(0)} ms without`);
	return { ...checked, n8n, holds, loading, starts };
}

/** The range's own sandbox forgets what it issued before each run, so another one issues these, and has the chain. */
async function checkInN8n(range: Range): Promise<InN8n> {
	const issued = await issueBatches(batches, batchSize);
	try {
		const items = issued.badges.map((badge) => ({ badge })) as never[];
		const settings = { concurrency: 10, latencyMs: 0, algorithm: 'RS256' };
		const { peakMb: idleMb } = await range.run(idle, items, settings);
		let best: InN8n | undefined;
		for (let turn = 0; turn < turns; turn++) {
			await issued.requests();
			const { ms, peakMb } = await range.run(verifying(issued.rpcUrl), items, settings);
			const requests = await issued.requests();
			if (ms < (best?.ms ?? Infinity)) best = { ms, requests, beyondIdleMb: Math.max(0, peakMb - idleMb) };
		}
		return best!;
	} finally {
		await issued.stop();
	}
}

const verifying = (rpcUrl: string): Flow => ({
	title: 'LearnCoin Credential',
	nodes: () => [
		{
			name: 'LearnCoin Credential',
			type: 'n8n-nodes-moca-learncoin.learnCoinCredential',
			parameters: { operation: 'verify', source: 'json', documentJson: '={{ $json.badge }}', rpcUrl },
		},
	],
});
