import { openRange, type Range } from '../../scripts/fire/range';
import { shootAll, wrongAnswers } from '../../scripts/fire/shoot';
import { bad } from '../../scripts/fire/shots';
import { volleyOf } from '../../scripts/fire/volley';

const minute = 60_000;

let range: Range;
beforeAll(async () => (range = await openRange()), 20 * minute);
afterAll(async () => await range?.stop(), minute);

// The same with 10,000, and with memory and rates: npm run fire.
test(
	'among forged, replayed, cut and oversized deliveries each true one starts its workflow exactly once, and nothing else does',
	async () => {
		const { rounds, eventIds } = volleyOf(range.target, { count: 300, truths: 20, replays: 2, share: 0.05 });
		expect(new Set(rounds.map(({ kind }) => kind))).toEqual(new Set(['true', 'replay', ...Object.keys(bad)]));
		expect(wrongAnswers(await shootAll(range.url, rounds, 10))).toEqual([]);
		expect((await range.startedWith()).sort()).toEqual([...eventIds].sort());

		// Also over a restart, when the trigger's memory is only what n8n has stored.
		await range.n8n.restart();
		const replays = rounds.filter(({ kind }) => kind === 'replay');
		expect(wrongAnswers(await shootAll(range.url, replays, 10))).toEqual([]);
		expect(await range.startedWith()).toHaveLength(eventIds.length);
	},
	5 * minute,
);
