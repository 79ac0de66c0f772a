import type { IExecuteFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { done, failed, notStarted, Outputs } from '../../../lib/items/outcome';
import { toOutputItems } from '../../../lib/items/toOutputItems';

const contextWith = (onError?: string) =>
	({ getNode: () => ({ type: 'node', onError }), getMode: () => 'manual' }) as unknown as IExecuteFunctions;
const failure = failed(new ExplainedFailure('No email', { hint: 'Fill it' }));
const whose = (index: number) => ({ email: `learner${index}@example.com` });

it('all comes out in input order, paired to its item, unless an output says otherwise; what was never begun does not', () => {
	const outcomes = [done(new Outputs([{ json: { n: 1 } }, { json: { n: 2 }, pairedItem: [{ item: 7 }] }])), notStarted, done({ n: 3 })];
	expect(toOutputItems(contextWith(), outcomes, whose)).toEqual([
		{ json: { n: 1 }, pairedItem: { item: 0 } },
		{ json: { n: 2 }, pairedItem: [{ item: 7 }] },
		{ json: { n: 3 }, pairedItem: { item: 2 } },
	]);
});

it('a failed item says whose it is, also where that cannot be read', () => {
	const jsonWith = (whoseItem: typeof whose | undefined) => toOutputItems(contextWith(), [failure], whoseItem)[0];
	expect(jsonWith(whose)).toMatchObject({
		json: { email: 'learner0@example.com', outcome: 'failed', error: 'No email' },
		pairedItem: { item: 0 },
	});
	const unreadable = () => {
		throw new Error('An expression failed');
	};
	expect(jsonWith(unreadable)).toMatchObject({ json: { outcome: 'failed', error: 'No email' } });
	expect(jsonWith(undefined)).toMatchObject({ json: { outcome: 'failed', error: 'No email' } });
});

it('on the error branch it has the two keys that every n8n takes for a failure, and no other', () => {
	const [item] = toOutputItems(contextWith('continueErrorOutput'), [failure], whose);
	expect(item).toEqual({ json: { error: 'No email', message: 'Fill it. (nothing was sent)' }, pairedItem: { item: 0 } });
});
