import { tellProgress, type Progress } from '../../../lib/items/progress';
import { fakeClock } from '../../support/fakes';

/** Tells of these states, one look after another, and ends after the last; the lines with the seconds at which they were told. */
async function linesOf(...states: Array<Partial<Progress>>): Promise<Array<[number, string]>> {
	const clock = fakeClock(0);
	const lines: Array<[number, string]> = [];
	await new Promise<void>((resolve) => {
		const end = tellProgress(
			'Moca Issue',
			() => {
				const state = states.shift() ?? {};
				if (states.length === 0) {
					end();
					resolve();
				}
				return { finished: 0, items: 10_000, requests: 0, ...state };
			},
			(line) => lines.push([clock.now() / 1000, line]),
			clock,
		);
	});
	await new Promise(setImmediate);
	return lines;
}

it('says every five seconds how many items are finished, and how many requests were sent', async () => {
	expect(await linesOf({ finished: 1200, requests: 2450 }, { finished: 2500, requests: 5100 })).toEqual([
		[5, 'Moca Issue: 1,200 of 10,000 items finished, 2,450 requests sent so far'],
		[10, 'Moca Issue: 2,500 of 10,000 items finished, 5,100 requests sent so far'],
	]);
});

it('says the same again only once a minute', async () => {
	const same = { finished: 1, items: 1, requests: 1 };
	expect((await linesOf(...Array.from({ length: 20 }, () => same))).map(([at]) => at)).toEqual([5, 65]);
});

it('says nothing of a run that is over sooner, and nothing after its end', async () => {
	const clock = fakeClock(0);
	const lines: string[] = [];
	tellProgress(
		'Moca Issue',
		() => ({ finished: 1, items: 1, requests: 1 }),
		(line) => lines.push(line),
		clock,
	)();
	for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
	expect(lines).toEqual([]);
});
