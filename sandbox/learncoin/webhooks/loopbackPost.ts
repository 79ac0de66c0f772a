import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What a receiver answered. */
export interface ReceiverAnswer {
	/** 0 when there was no answer. */
	status: number;
	durationMs: number;
	/** The beginning of the answer's body, or why there was none. */
	answer: string;
}

const keptAnswerLength = 200;

/** Whether a URL points to this machine itself; the sandbox sends nowhere else. */
export function isLoopback(url: string): boolean {
	const { protocol, hostname } = new URL(url);
	return /^https?:$/.test(protocol) && (/^127(\.\d{1,3}){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]');
}

/**
 * One POST with exactly this body. Redirects are not followed: one could lead off the machine. Never throws: no answer is
 * status 0.
 * @param timeoutMs until the answer's last byte
 */
export async function loopbackPost(
	url: string,
	{ body, headers }: { body: string; headers: OutgoingHttpHeaders },
	{ timeoutMs, stopping }: { timeoutMs: number; stopping: AbortSignal },
): Promise<ReceiverAnswer> {
	if (!isLoopback(url)) return { status: 0, durationMs: 0, answer: 'Not sent: the sandbox delivers to loopback addresses only' };
	const startedAt = Date.now();
	const signal = AbortSignal.any([stopping, AbortSignal.timeout(Math.max(0, timeoutMs))]);
	const outcome = await exchange(url, body, headers, signal).catch((error: NodeJS.ErrnoException) => ({
		status: 0,
		answer: signal.aborted ? `No answer within ${timeoutMs} ms` : `No answer (${error.code ?? error.message})`,
	}));
	return { ...outcome, durationMs: Date.now() - startedAt };
}

async function exchange(url: string, body: string, headers: OutgoingHttpHeaders, signal: AbortSignal) {
	const send = url.startsWith('https:') ? httpsRequest : httpRequest;
	const response = await new Promise<IncomingMessage>((resolve, reject) => {
		const request = send(url, { method: 'POST', agent: false, signal, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
		request.once('response', resolve);
		// Stays on: an abort after the answer began raises it again.
		request.on('error', reject);
		request.end(body);
	});
	let answer = '';
	for await (const chunk of response.setEncoding('utf8')) {
		if (answer.length < keptAnswerLength) answer += chunk as string;
	}
	return { status: response.statusCode ?? 0, answer: answer.slice(0, keptAnswerLength) };
}
