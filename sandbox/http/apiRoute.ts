import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parsedJson } from '../shared/parsedJson';
import type { Faults } from './faults';
import { pause } from './pause';
import type { Traffic } from './traffic';
import { answerOf, type ApiAnswer, type WireAnswer } from './wireAnswer';

/** A call as an API route sees it. */
export interface ApiCall {
	headers: IncomingHttpHeaders;
	params: Record<string, string | undefined>;
	query: Record<string, string | string[] | undefined>;
	/** Parsed JSON; the raw text when it isn't JSON; undefined without a body. */
	body: unknown;
	rawBody: string;
}

/** One route of an imitated API. It knows nothing of faults, latency or counters: those are the same for every route. */
export interface ApiRoute {
	/** The name that faults and the recorded traffic use, e.g. `moca.issue`. */
	name: string;
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	url: string;
	/** Whom the call is about, read without checking anything: a fault must find its recipient before the call is authenticated. */
	recipientOf(call: ApiCall): string | undefined;
	work(call: ApiCall): Promise<ApiAnswer>;
	/** The API's documented error body for a status. */
	errorBody(status: number): unknown;
}

/** What all API routes share. */
export interface ApiContext {
	traffic: Traffic;
	faults: Faults;
	/** How long every answer is held back, ms. */
	latencyMs: number;
	stopping: AbortSignal;
}

/** Headers of every answer of one API, such as a `date` by another clock than this machine's; an empty one is left out. */
type CommonHeaders = () => Record<string, string>;

/** Mounts the routes of one API. They get bodies as text, so that a route itself decides in which order it refuses a call. */
export function registerApi(app: FastifyInstance, routes: ApiRoute[], context: ApiContext, headers: CommonHeaders = () => ({})): void {
	void app.register(async (scope) => {
		scope.removeAllContentTypeParsers();
		scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
		for (const route of routes) {
			scope.route({
				method: route.method,
				url: route.url,
				handler: async (request, reply) => await serve(route, request, reply, context, headers),
			});
		}
	});
}

async function serve(
	route: ApiRoute,
	request: FastifyRequest,
	reply: FastifyReply,
	context: ApiContext,
	headers: CommonHeaders,
): Promise<FastifyReply> {
	const call = readCall(request);
	const recipientEmail = route.recipientOf(call);
	const inFlight = context.traffic.begin({
		method: request.method,
		path: request.url,
		route: route.name,
		headers: request.headers,
		...(recipientEmail !== undefined && { recipientEmail }),
		...(call.body !== undefined && { body: call.body }),
	});
	const fault = context.faults.take(route.name, recipientEmail);
	let status = 500;
	try {
		const work = { run: async () => await route.work(call), errorBody: (of: number) => route.errorBody(of) };
		const answer = await answerOf(work, fault, context.stopping);
		await pause(context.latencyMs, context.stopping);
		status = answer === 'drop' ? 0 : answer.status;
		return send(answer, headers(), request, reply);
	} finally {
		// Counted before the bytes leave: whoever has the answer also finds it in the traffic.
		inFlight.end(status, fault !== undefined);
	}
}

function send(answer: WireAnswer, common: Record<string, string>, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	if (answer === 'drop') {
		reply.hijack();
		request.raw.socket.destroy();
		return reply;
	}
	// Node writes one by itself.
	if (common.date === '') reply.raw.sendDate = false;
	const given = Object.fromEntries(Object.entries(common).filter(([, value]) => value !== ''));
	return reply
		.code(answer.status)
		.headers({ ...given, ...answer.headers })
		.serializer(String)
		.send(answer.text);
}

function readCall(request: FastifyRequest): ApiCall {
	const rawBody = typeof request.body === 'string' ? request.body : '';
	return {
		headers: request.headers,
		params: request.params as ApiCall['params'],
		query: request.query as ApiCall['query'],
		body: rawBody === '' ? undefined : parsedOrRaw(rawBody),
		rawBody,
	};
}

function parsedOrRaw(text: string): unknown {
	const parsed = parsedJson(text);
	return parsed === undefined ? text : parsed;
}
