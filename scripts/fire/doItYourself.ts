import type { WorkflowFile, WorkflowNode } from '../../n8n/rest/workflowFile';

/** Where the flow is called, below n8n's address. */
export const doItYourselfPath = '/webhook/do-it-yourself';
export const cryptoCredentialType = 'crypto';

const signatureHeader = "($json.headers['x-learncoin-signature'] ?? '')";
const time = `${signatureHeader}.split(',')[0].replace('t=', '')`;

const node = (
	column: number,
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	others: Partial<WorkflowNode> = {},
): WorkflowNode => ({
	id: `do-it-yourself-${name.toLowerCase().replaceAll(' ', '-')}`,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [column * 220, 0],
	parameters: { ...parameters },
	...others,
});

const condition = (id: string, type: string, operation: string, leftValue: string, rightValue: unknown) => ({
	id,
	leftValue,
	rightValue,
	operator: { type, operation },
});

const answer = (column: number, name: string, responseCode: number, message: string) =>
	node(column, name, 'respondToWebhook', 1.1, {
		respondWith: 'json',
		responseBody: JSON.stringify({ message }),
		options: { responseCode },
	});

/**
 * What a builder without the trigger makes of n8n's own nodes: the body as it came, its HMAC-SHA256 with the header's time before it, whether both
 * fit, an answer, and the events that came before left out. Behind it the same node as behind the trigger.
 */
export const doItYourself: WorkflowFile = {
	name: 'Do it yourself',
	nodes: [
		node(
			0,
			'Webhook',
			'webhook',
			2,
			{ httpMethod: 'POST', path: 'do-it-yourself', responseMode: 'responseNode', options: { rawBody: true } },
			{ webhookId: 'do-it-yourself' },
		),
		node(1, 'Body as it came', 'extractFromFile', 1, { operation: 'text', destinationKey: 'raw', options: { keepSource: 'json' } }),
		node(
			2,
			'Sign it',
			'crypto',
			2,
			{ action: 'hmac', type: 'SHA256', value: `={{ ${time} }}.{{ $json.raw }}`, dataPropertyName: 'expected', encoding: 'hex' },
			{ credentials: { [cryptoCredentialType]: { id: '', name: '' } } },
		),
		node(3, 'Is it LearnCoin', 'if', 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					condition('signature', 'string', 'equals', `={{ ${signatureHeader}.split('v1=')[1] }}`, '={{ $json.expected }}'),
					condition('time', 'number', 'lte', `={{ Math.abs(Date.now() / 1000 - ${time}) }}`, 300),
				],
				combinator: 'and',
			},
			options: {},
		}),
		answer(4, 'Taken', 200, 'The event has arrived.'),
		answer(4, 'Refused', 401, 'The signature does not fit.'),
		node(5, 'Not seen before', 'removeDuplicates', 2, {
			operation: 'removeItemsSeenInPreviousExecutions',
			dedupeValue: '={{ $json.body.id }}',
			options: {},
		}),
		node(6, 'Done', 'noOp', 1, {}),
	],
	connections: {
		Webhook: to('Body as it came'),
		'Body as it came': to('Sign it'),
		'Sign it': to('Is it LearnCoin'),
		'Is it LearnCoin': to('Taken', 'Refused'),
		Taken: to('Not seen before'),
		'Not seen before': to('Done'),
	},
};

function to(...names: string[]) {
	return { main: names.map((name) => [{ node: name, type: 'main', index: 0 }]) };
}
