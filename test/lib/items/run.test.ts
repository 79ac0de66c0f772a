import type { IExecuteFunctions } from 'n8n-workflow';

import { startRun } from '../../../lib/items/run';

/** A run, and the two that can stop it. */
function start({ options = {}, knowsCancelling = true } = {}) {
	const [execution, failure] = [new AbortController(), new AbortController()];
	const context = {
		getNodeParameter: () => options,
		getExecutionCancelSignal: () => (knowsCancelling ? execution.signal : undefined),
	} as unknown as IExecuteFunctions;
	return { run: startRun(context, 'run 1', failure.signal), execution, failure };
}

// n8n ends the requests of a cancelled execution by itself, so that a node in its engine shows no difference.
it.each(['execution', 'failure'] as const)('stops once the %s says so, and not before', (who) => {
	const { run, ...stoppers } = start();
	expect(run.stop.aborted).toBe(false);
	stoppers[who].abort();
	expect(run.stop.aborted).toBe(true);
});

it('stops after a failure in an n8n that tells nothing of cancelling, too', () => {
	const { run, failure } = start({ knowsCancelling: false });
	failure.abort();
	expect(run.stop.aborted).toBe(true);
});

it('sends nothing once stopped', async () => {
	const { run, execution } = start();
	execution.abort();
	const send = run.sender.through(() => Promise.reject(new Error('It was sent')));
	await expect(send({ method: 'GET', url: 'http://127.0.0.1/x', repeat: 'anything' })).rejects.toThrow(
		'stopped before this request was sent',
	);
});

it('keeps the ID by which its tries belong together, and the options of the node', () => {
	const { run } = start({ options: { concurrency: 3 } });
	expect(run).toMatchObject({ id: 'run 1', options: { concurrency: 3, maxRetries: 4 } });
});
