import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model answers: words, or a call of a tool. */
export type Turn = string | { call: string; with: Record<string, unknown> };

export interface Message {
	role: string;
	content: unknown;
}

/** A request to the model, as an agent sent it. */
export interface Asked {
	tools: Array<{ name: string; description: string; parameters: Record<string, unknown> }>;
	messages: Message[];
}

export interface ChatModel {
	/** What goes into n8n’s OpenAI credential. */
	credential: { apiKey: string; url: string };
	/** Starts anew: what it answers, one after the other; after the last, it says “Done.” */
	plan(...turns: Turn[]): void;
	asked(): Asked[];
	/** What it was told that tools answered, in order, as of the last request. */
	toolAnswers(): string[];
	stop(): Promise<void>;
}

/** A chat model on this machine, by OpenAI’s chat completions: it does what it was told to beforehand, and keeps what it was told. */
export async function startChatModel(): Promise<ChatModel> {
	let turns: Turn[] = [];
	let asked: Asked[] = [];
	const server = createServer((request, response) => {
		void readJson(request).then((body) => {
			const tools = (body.tools ?? []) as Array<{ function: Asked['tools'][number] }>;
			asked.push({ tools: tools.map((tool) => tool.function), messages: body.messages as Message[] });
			answer(response, body.stream === true, turns.shift() ?? 'Done.', asked.length);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		credential: { apiKey: 'none', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` },
		plan: (...planned) => {
			turns = planned;
			asked = [];
		},
		asked: () => asked,
		toolAnswers: () => (asked.at(-1)?.messages ?? []).filter(({ role }) => role === 'tool').map(({ content }) => String(content)),
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return JSON.parse(text) as Record<string, unknown>;
}

function answer(response: ServerResponse, streams: boolean, turn: Turn, number: number): void {
	const common = { id: `answer-${number}`, created: 0, model: 'stand-in' };
	const said =
		typeof turn === 'string'
			? { role: 'assistant', content: turn }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{ index: 0, id: `call-${number}`, type: 'function', function: { name: turn.call, arguments: JSON.stringify(turn.with) } },
					],
				};
	const finish_reason = typeof turn === 'string' ? 'stop' : 'tool_calls';
	if (!streams) {
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ ...common, object: 'chat.completion', choices: [{ index: 0, message: said, finish_reason }], usage }));
		return;
	}
	response.setHeader('content-type', 'text/event-stream');
	for (const choice of [
		{ index: 0, delta: said, finish_reason: null },
		{ index: 0, delta: {}, finish_reason },
	])
		response.write(`data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [choice] })}\n\n`);
	response.end('data: [DONE]\n\n');
}
