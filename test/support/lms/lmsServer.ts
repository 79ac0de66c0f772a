import { serveReplies, type Loopback, type Received, type Reply } from '../loopback';

/** What an LMS answers to a look-up; nothing when the path isn't its. */
export type LmsApi = (request: Received & { url: URL }) => Reply;

export const json = (body: unknown, status = 200): Reply => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(body),
});

export const html = (status: number): Reply => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: '<html><body><h1>Sorry</h1></body></html>',
});

/** Instead of what the API would answer: a reply of its own, a cut line (`undefined`), or silence. */
export type Fault = { looksUp: RegExp; reply: Reply | 'silence' };

export interface LmsServer extends Loopback {
	/** The look-ups since the last `clear`. */
	received: Received[];
	fault: Fault | undefined;
	clear(): void;
}

/** Plays LMSs on loopback, each below the path of its name: `<url>/moodle/…`. */
export async function startLms(apis: Record<string, LmsApi>): Promise<LmsServer> {
	const replyTo = (request: Received): Reply | Promise<Reply> => {
		const reply = server.fault?.looksUp.test(request.path) ? server.fault.reply : ownReply(request);
		return reply === 'silence' ? new Promise(() => {}) : reply;
	};
	const ownReply = (request: Received): Reply => {
		const [, name = '', path = ''] = /^\/(\w+)(\/.*)$/.exec(request.path) ?? [];
		return apis[name]?.({ ...request, url: new URL(path, 'http://lms') }) ?? html(404);
	};
	const started = await serveReplies(replyTo);
	const server: LmsServer = {
		...started,
		fault: undefined,
		clear() {
			server.fault = undefined;
			started.received.length = 0;
		},
	};
	return server;
}
