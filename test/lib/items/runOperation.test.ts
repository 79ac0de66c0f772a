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
