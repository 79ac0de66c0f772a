import type { IHttpRequestOptions, RequestHelperFunctions } from 'n8n-workflow';

import { ConnectionFailure, type Clock, type Transport } from '../http/types';
import { toFailure, toOptions, toResponse } from './transport';

/** What comes back piece by piece, as Node gives it. */
type Pieces = AsyncIterable<Uint8Array> & { destroy(): void };

interface StreamedResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: Pieces;
}

/**
 * The helper for addresses that strangers name: an answer that doesn't end, or not in time, is given up. Nothing is signed, no redirect is
 * followed.
 *
 * @param longest bytes of an answer
 */
export function boundedTransport(
	{ helpers }: { helpers: Pick<RequestHelperFunctions, 'httpRequest'> },
	clock: Clock,
	timeoutMs: number,
	longest: number,
): Transport {
	return async (request) => {
		const deadlineMs = clock.now() + timeoutMs;
		try {
			const options: IHttpRequestOptions = { ...toOptions(request, timeoutMs), encoding: 'stream' };
			const { statusCode, headers, body } = (await helpers.httpRequest(options)) as StreamedResponse;
			return { ...toResponse({ statusCode, headers, body: '' }), text: await readAll(body, longest, clock, deadlineMs) };
		} catch (error) {
			return await Promise.reject(error instanceof ConnectionFailure ? error : toFailure(error));
		}
	};
}

/** @throws ConnectionFailure for what is too long, or takes too long */
async function readAll(body: Pieces, longest: number, clock: Clock, deadlineMs: number): Promise<string> {
	const done = new AbortController();
	let isLate = false;
	void clock.sleep(deadlineMs - clock.now(), done.signal).then(() => {
		if (done.signal.aborted) return;
		isLate = true;
		body.destroy();
	});
	const pieces: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const piece of body) {
			pieces.push(piece);
			length += piece.length;
			if (length > longest) return await Promise.reject(new ConnectionFailure('TOO_LARGE'));
		}
	} catch (error) {
		return await Promise.reject(isLate ? new ConnectionFailure('ETIMEDOUT') : error);
	} finally {
		done.abort();
		body.destroy();
	}
	if (isLate) return await Promise.reject(new ConnectionFailure('ETIMEDOUT'));
	return new TextDecoder().decode(Buffer.concat(pieces));
}
