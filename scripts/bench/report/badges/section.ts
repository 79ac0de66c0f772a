import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { filled, table } from '../../../docs/markdown';
import { genuineBadge, longestHoldMs } from '../../proof/holds';
import type { Loaded } from '../../proof/loading';
import type { Checked } from '../../proof/programs';
import { batches, manyBadges } from '../../proof/verifying';
import { atMost, times, type Target } from '../targets';
import type { BadgeResults } from './measure';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const milliseconds = (ms: number): string => `${ms.toFixed(0)} ms`;
const megabytes = (mb: number): string => `${mb.toFixed(0)} MB`;
const loaded = ({ ms, heapKb }: Loaded): string => `${milliseconds(ms)} and ${(heapKb / 1024).toFixed(1)} MB of memory`;

export async function badgesSection(results: BadgeResults): Promise<string> {
	const { offline, online, holds, loading, starts } = results;
	const hostile = holds.filter(({ name }) => name !== genuineBadge);
	const slowest = hostile.reduce((one, other) => (other.allMs > one.allMs ? other : one));
	return filled(await readFile(join(__dirname, 'section.md'), 'utf8'), {
		badges: String(manyBadges),
		batches: String(batches),
		table: checkedTable(results),
		offline: times(offline.library.ms / offline.bare.ms),
		online: times(online.library.ms / online.bare.ms),
		hostile: String(hostile.length),
		worst: `_${hostile[0]!.name}_`,
		stretch: milliseconds(hostile[0]!.stretchMs),
		genuine: milliseconds(holds.find(({ name }) => name === genuineBadge)!.stretchMs),
		slowest: `_${slowest.name}_`,
		slowestMs: milliseconds(slowest.allMs),
		nodes: String(loading.each.length),
		all: loaded(loading.all),
		library: loaded(loading.library),
		started: seconds(starts.withPackage),
		startedWithout: seconds(starts.without),
		startRatio: times(starts.withPackage / starts.without),
	}).trim();
}

function checkedTable({ offline, online, n8n }: BadgeResults): string {
	const row = (name: string, ofFile: Checked, ofAll: Checked): string[] => [
		name,
		seconds(ofFile.ms),
		seconds(ofAll.ms),
		times(ofAll.ms / online.bare.ms),
		String(ofAll.requests),
		megabytes(ofAll.peakMb - ofAll.idleMb),
		milliseconds(ofAll.longestHoldMs),
	];
	return table(
		['', 'hash and path', 'with transaction and issuer', 'to bare', 'requests', 'memory', 'others wait'],
		[
			row('bare', offline.bare, online.bare),
			row('the library', offline.library, online.library),
			['in n8n', '', seconds(n8n.ms), times(n8n.ms / online.bare.ms), String(n8n.requests), megabytes(n8n.beyondIdleMb), ''],
		],
	);
}

export const badgeTargets = ({ holds }: BadgeResults): Target[] => [
	atMost('a file made to hold n8n up: processor time in one go', holds[0]!.stretchMs, longestHoldMs, 'ms'),
];
