import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { done, failed, notStarted, type ItemOutcome } from '../../../lib/items/outcome';
import { addSummary, failEveryItem, refuseFaultyInput, reportFirstFailure } from '../../../lib/items/report';

const hints: unknown[] = [];
beforeEach(() => hints.splice(0));
const context = (continues = false, items = 2) =>
	({
		continueOnFail: () => continues,
		getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
		getNode: () => ({ name: 'Node', type: 'node', typeVersion: 1, parameters: {} }),
		getMode: () => 'manual',
		addExecutionHints: (hint: unknown) => hints.push(hint),
	}) as unknown as IExecuteFunctions;

const faulty = (message: string) => failed(new ExplainedFailure(message, { hint: `Correct ${message}` }));
const refused = (message: string) =>
	failed(new ExplainedFailure(message, { hint: 'Ask', httpStatus: 404, attempts: 1, code: 'unknown', retryable: false }));
const issued = done({ outcome: 'issued' });

/** What was thrown, as n8n shows it. */
function thrown(work: () => unknown): NodeOperationError | NodeApiError {
	try {
		work();
	} catch (error) {
		return error as NodeOperationError;
	}
	throw new Error('Nothing was thrown');
}

describe('faulty input', () => {
	const refuse = (...outcomes: ItemOutcome[]) => thrown(() => refuseFaultyInput(context(), outcomes));

	it('is no error where there is none', () => expect(() => refuseFaultyInput(context(), [notStarted, issued])).not.toThrow());

	it('of one item says what to do about it, and that nothing was sent', () => {
		const error = refuse(notStarted, faulty('No email'));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('No email');
		expect(error.description).toMatch(
			/^Correct No email\. Nothing was sent, for no item\. To let the others go ahead, set On Error to Continue/,
		);
		expect(error.context.itemIndex).toBe(1);
	});

	it('of several is listed in input order, ten of them at most', () => {
		const many = Array.from({ length: 12 }, (_, index) => faulty(`Fault ${index}`));
		expect(refuse(...many.slice(0, 2)).message).toBe('Fault 0 (and 1 more of 2 items)');
		expect(refuse(...many.slice(0, 10)).description).toMatch(/Item 9: Fault 9\. Correct Fault 9\. Nothing was sent/);
		expect(refuse(...many).message).toBe('Fault 0 (and 11 more of 12 items)');
		expect(refuse(...many).description).toMatch(
			/^Item 0: Fault 0\. Correct Fault 0\. Item 1: .* Item 9: Fault 9\. Correct Fault 9\. … and 2 more\. Nothing was sent/,
		);
	});
});

describe('a failure of a run that stops', () => {
	const report = (...outcomes: ItemOutcome[]) => thrown(() => reportFirstFailure(context(), outcomes, 'issued', 'Running again is safe.'));

	it('is the first in input order, and tells what was done, what was not, and what running again means', () => {
		const error = report(issued, issued, refused('Issuing to Ada did not work'), notStarted);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('Issuing to Ada did not work');
		expect((error as NodeApiError).httpCode).toBe('404');
		expect(error.context.itemIndex).toBe(2);
		expect(error.description).toBe('Ask. Of 4 items, 2 issued, 1 did not work, 1 not started. Running again is safe.');
	});

	it('lists them where there are several', () => {
		expect(report(refused('One'), issued, refused('Two')).description).toBe(
			'Ask. Of 3 items, 1 issued, 2 did not work, 0 not started. Item 0: One. Ask. Item 2: Two. Ask. Running again is safe.',
		);
	});

	it('counts nothing where there was one item', () => {
		expect(report(refused('Issuing to Ada did not work')).description).toBe('Ask. Running again is safe.');
	});

	it('is none where nothing failed', () => {
		expect(() => reportFirstFailure(context(), [issued, notStarted], 'issued', '')).not.toThrow();
	});
});

describe('the line above the output', () => {
	const summary = (...outcomes: ItemOutcome[]) => {
		addSummary(context(true), outcomes, 'issued');
		return hints.splice(0);
	};

	it('is not there when all went plainly through', () => expect(summary(issued, done({ outcome: 'alreadyIssued' }))).toEqual([]));

	it('counts each item once: done, open, given up, or to look at', () => {
		const [open, unknown, givenUp] = ['pending', 'unknown', 'failed'].map((outcome) => done({ outcome }));
		expect(summary(issued, open!, unknown!, givenUp!, faulty('No email'), notStarted)).toEqual([
			{
				message:
					'1 of 6 issued, 2 still open (outcome pending or unknown), 1 given up by the service (outcome failed), 1 to look at (see “error” and what stands beside it).',
				type: 'warning',
				location: 'outputPane',
			},
		]);
		expect(summary(issued, open!)).toMatchObject([{ message: '1 of 2 issued, 1 still open (outcome pending or unknown).' }]);
		expect(summary(issued, givenUp!)).toMatchObject([{ message: '1 of 2 issued, 1 given up by the service (outcome failed).' }]);
	});
});

describe('a node that can do nothing for any item', () => {
	const error = new ExplainedFailure('Concurrency is out of range', { hint: 'Enter a number' });

	it('stops, and says that nothing was sent', () => {
		const failure = thrown(() => failEveryItem(context(), error));
		expect(failure.message).toBe('Concurrency is out of range');
		expect(failure.description).toBe('Enter a number. Nothing was sent.');
	});

	it('fails each item for itself where it is to continue: n8n would pass the input on as if all had gone well', () => {
		const [items] = failEveryItem(context(true, 3), error);
		expect(items!.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual(
			[0, 1, 2].map((item) => ['Concurrency is out of range', { item }]),
		);
	});
});
