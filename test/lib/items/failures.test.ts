import { NodeOperationError, type INode } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { errorBranchJson, failedJson, toReadable } from '../../../lib/items/failures';

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

it('a failed item says first whose it is and that it failed, then what happened, then the facts', () => {
	const json = failedJson(toReadable(new ExplainedFailure('what', { hint: 'do', attempts: 2 })), { recipientEmail: 'ada@example.com' });
	expect(Object.entries(json).slice(0, 3)).toEqual([
		['recipientEmail', 'ada@example.com'],
		['outcome', 'failed'],
		['error', 'what'],
	]);
	expect(json.details).toMatchObject({ hint: 'do.', attempts: 2 });
});

it('on the error branch it has just the two keys that every n8n takes for a failure, with the same facts', () => {
	const failure = new ExplainedFailure('what', {
		hint: 'do',
		httpStatus: 503,
		code: 'busy',
		requestId: 'req_1',
		attempts: 2,
		retryable: true,
	});
	expect(errorBranchJson(toReadable(failure))).toEqual({
		error: 'what',
		message: 'do. (HTTP 503, code busy, request req_1, 2 attempts, a later try can work)',
	});
	expect(errorBranchJson(toReadable(new ExplainedFailure('what', { hint: 'do' }))).message).toBe('do. (nothing was sent)');
});
