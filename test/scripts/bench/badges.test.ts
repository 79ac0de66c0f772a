import type { Hold } from '../../../scripts/bench/proof/holds';
import type { Checked } from '../../../scripts/bench/proof/programs';
import type { BadgeResults } from '../../../scripts/bench/report/badges/measure';
import { badgesSection, badgeTargets } from '../../../scripts/bench/report/badges/section';

const checked = (ms: number): Checked => ({ ms, cpuMs: ms, idleMb: 50, peakMb: 80, longestHoldMs: 14, requests: 14 });
const loaded = { ms: 50, heapKb: 3_500 };
const genuine: Hold = { name: 'a genuine badge', stretchMs: 2, allMs: 3 };

const resultsWith = (...holds: Hold[]): BadgeResults => ({
	offline: { bare: checked(1_000), library: checked(800) },
	online: { bare: checked(1_200), library: checked(900) },
	engine: { ms: 1_000, requests: 14 },
	n8n: { ms: 840, requests: 13, beyondIdleMb: 29 },
	holds,
	loading: { all: loaded, each: [['MocaIssue', loaded]], library: { ms: 12, heapKb: 800 }, allAndLibrary: loaded },
	starts: { withPackage: 6_020, without: 6_010 },
});

test('what the report says of badges has every figure it asks for, and what holds n8n up is of those made for it', async () => {
	const text = await badgesSection(
		resultsWith({ name: 'texts', stretchMs: 30, allMs: 40 }, { name: 'levels', stretchMs: 9, allMs: 90 }, genuine),
	);
	expect(text).toContain('| the library | 0.80 s | 0.90 s | 0.75 × | 14 | 30 MB | 14 ms |');
	expect(text).toContain('takes 0.80 × the time of the bare program by hash and path, and 0.75 ×');
	expect(text).toContain('of 2 files made to take long');
	expect(text).toContain('_texts_ kept others waiting longest, 30 ms');
	expect(text).toContain('_levels_, took 90 ms');
});

test('a target holds for what is made to hold n8n up as long as none does so for more than 50 ms', () => {
	expect(badgeTargets(resultsWith({ name: 'texts', stretchMs: 50, allMs: 60 }, genuine))).toMatchObject([{ holds: true }]);
	expect(badgeTargets(resultsWith({ name: 'texts', stretchMs: 51, allMs: 60 }, genuine))).toMatchObject([{ holds: false }]);
});
