import { ExplainedFailure } from '../../../lib/http/explained';
import { SendingStopped } from '../../../lib/http/types';
import { done, failed, notStarted, Outputs } from '../../../lib/items/outcome';

it('one JSON is one output item, and says in a word what became of it', () => {
	expect(done({ outcome: 'issued', id: 1 })).toEqual({
		state: 'done',
		outputs: [{ json: { outcome: 'issued', id: 1 } }],
		outcome: 'issued',
	});
	expect(done({ id: 1 })).toMatchObject({ outcome: '' });
});

it('several items, or none, may have a word of their own', () => {
	const items = [{ json: { outcome: 'anchored' } }, { json: {} }];
	expect(done(new Outputs(items))).toEqual({ state: 'done', outputs: items, outcome: 'anchored' });
	expect(done(new Outputs(items, 'submitted'))).toMatchObject({ outcome: 'submitted' });
	expect(done(new Outputs([]))).toEqual({ state: 'done', outputs: [], outcome: '' });
});

it('what was stopped before it was sent was never begun; between two attempts, nobody knows what came of it', () => {
	expect(failed(new SendingStopped(0))).toBe(notStarted);
	expect(failed(new SendingStopped(2))).toEqual({
		state: 'failed',
		failure: {
			message: 'The run was stopped before this request was sent',
			details: {
				httpStatus: null,
				code: 'stopped',
				requestId: null,
				attempts: 2,
				retryable: true,
				hint: 'An earlier attempt got no clear answer, and the run was stopped before the next one. Run it again.',
			},
		},
	});
});

it('anything else is a failure in readable words', () => {
	expect(failed(new ExplainedFailure('No key', { hint: 'Enter one' }))).toMatchObject({ state: 'failed', failure: { message: 'No key' } });
});
