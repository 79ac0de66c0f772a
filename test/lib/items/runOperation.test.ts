import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { issue, learners } from '../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());

it('gives the rest of n8n a turn while it reads many items: a worker that cannot renew its lock loses its job', async () => {
	let turns = 0;
	let turnsWhileReading = 0;
	const ticker = setInterval(() => {
		turns++;
		if (sandbox.traffic.maxInFlight() === 0) turnsWhileReading = turns;
	}, 5);
	await issue(sandbox, learners(1500));
	clearInterval(ticker);
	expect(turnsWhileReading).toBeGreaterThan(3);
});

it('writes a line of progress into n8n’s log while it waits', async () => {
	const lines: string[] = [];
	const info = jest.spyOn(Container.get(Logger), 'info').mockImplementation((line) => void lines.push(line));
	sandbox.moca.settings.onChainAfterMs = 3_600_000;
	await issue(sandbox, learners(2), { waitForOnChain: true, options: { waitTimeout: 6, pollInterval: 2 } });
	info.mockRestore();
	expect(lines).toEqual([expect.stringMatching(/: 0 of 2 items finished, \d+ requests sent so far$/)]);
}, 20_000);
