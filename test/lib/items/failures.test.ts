import { NodeOperationError, type INode } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { failureJson, toReadable } from '../../../lib/items/failures';

const node: INode = { id: '1', name: 'Node', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };

it('keeps the words of a failure that explains itself', () => {
	expect(toReadable(new ExplainedFailure('what', { hint: 'do', httpStatus: 404 }))).toMatchObject({
		message: 'what',
		details: { hint: 'do.', httpStatus: 404 },
	});
});

it('keeps n8n’s own words about a node’s settings', () => {
	const error = new NodeOperationError(node, 'No such field', { description: 'Check the expression' });
	expect(toReadable(error)).toMatchObject({ message: 'No such field', details: { hint: 'Check the expression' } });
});

it('does not show the text of anything else, because nobody knows what it contains', () => {
	expect(JSON.stringify(toReadable(new TypeError('secret thing')))).not.toContain('secret thing');
});

it('gives a failed item no other keys than n8n’s error branch takes', () => {
	expect(Object.keys(failureJson(toReadable(new Error('x'))))).toEqual(['error', 'details']);
});
