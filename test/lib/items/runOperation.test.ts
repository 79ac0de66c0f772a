import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { itemOperation, unitOperation } from '../../../lib/items/nodeOperations';
import type { NodeOperation } from '../../../lib/items/nodeOperations';
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

describe('what is read, and what is begun', () => {
	const concurrency = 2;
	const messages = { done: 'done', runningAgain: () => '' };

	/** Runs it for ten items, of which number 7 is faulty. What is begun ends only once nothing more happens. */
	async function logOf(operation: (log: string[], begin: (name: string) => Promise<void>) => NodeOperation, onError: INode['onError']) {
		const log: string[] = [];
		let ends: Array<() => void> = [];
		const context = {
			getNode: () => ({ id: 'n', name: 'Node', type: 'node', parameters: {}, onError }),
			getMode: () => 'manual',
			continueOnFail: () => onError !== 'stopWorkflow',
			getInputData: () => Array.from({ length: 10 }, () => ({ json: {} })),
			getNodeParameter: (): IDataObject => ({ concurrency }),
			getExecutionId: () => '1',
			getExecutionCancelSignal: () => undefined,
			addExecutionHints: () => {},
			logger: { info: () => {} },
		} as unknown as IExecuteFunctions;
		const run = operation(log, async (name) => {
			log.push(name);
			await new Promise<void>((resolve) => ends.push(resolve));
		})(context);
		const quiet: string[][] = [];
		let isOver = false;
		const over = run.catch(() => undefined).then(() => (isOver = true));
		while (!isOver) {
			await Promise.race([over, untilNothingIsAddedTo(log)]);
			quiet.push(log.splice(0));
			ends.splice(0).forEach((end) => end());
		}
		ends = [];
		return quiet;
	}

	/** In so many turns of the event loop: by the clock alone, a busy machine is quiet, too. */
	async function untilNothingIsAddedTo(log: readonly string[]): Promise<void> {
		for (let turns = 0, length = log.length; turns < 20; turns = log.length === length ? turns + 1 : 0) {
			length = log.length;
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
	}

	const read = (log: string[]) => async (index: number) => {
		log.push(`read ${index}`);
		if (index === 7) throw new ExplainedFailure('Faulty', { hint: 'Mend it.' });
		return { index };
	};

	const each = (log: string[], begin: (name: string) => Promise<void>) =>
		itemOperation<{ index: number }>(() => ({
			read: read(log),
			begin: async ({ index }) => begin(`begin ${index}`).then(() => ({ done: {} })),
			messages,
		}));

	const together = (log: string[], begin: (name: string) => Promise<void>) =>
		unitOperation<{ index: number }, number, object>(() => ({
			read: read(log),
			plan: (requests) => [{ unit: requests.length, members: requests }],
			begin: async (size) => begin(`begin ${size} at once`).then(() => ({ done: {} })),
			give: () => ({}),
			messages,
		}));

	const allRead = Array.from({ length: 10 }, (_, index) => `read ${index}`);

	it('with On Error = Continue, items that stand alone are begun while others are not read yet: as many are read ahead as may be begun', async () => {
		const quiet = await logOf(each, 'continueRegularOutput');
		expect(quiet[0]!.sort()).toEqual(['begin 0', 'begin 1', 'read 0', 'read 1', 'read 2', 'read 3']);
		expect(quiet[1]!.sort()).toEqual(['begin 2', 'begin 3', 'read 4', 'read 5']);
		expect(quiet.flat().filter((entry) => entry.startsWith('begin'))).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9].map((index) => `begin ${index}`));
	});

	it('with On Error = Stop, all are read first, and with a faulty one nothing is begun', async () => {
		expect((await logOf(each, 'stopWorkflow')).flat()).toEqual(allRead);
	});

	it('work for many items at once is planned when all are read, whatever On Error says', async () => {
		expect((await logOf(together, 'continueErrorOutput')).flat()).toEqual([...allRead, 'begin 9 at once']);
	});
});
