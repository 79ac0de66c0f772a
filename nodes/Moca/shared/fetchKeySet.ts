import type { ICredentialTestFunctions } from 'n8n-workflow';

import { ConnectionFailure } from '../../../lib/http/types';
import type { FetchedText, FetchKeySet } from '../../../lib/moca/partner/servedKeySet';
import { n8nClock } from '../../../lib/n8n/clock';
import { toConnectionFailure } from '../../../lib/n8n/credentialTransport';
import { userAgent } from '../../../lib/n8n/transport';

/** Milliseconds for all of it: somebody waits. */
const longestMs = 10_000;
/** Bytes; a key takes about 500. */
const mostRead = 256 * 1024;

interface StreamedAnswer {
	statusCode: number;
	body: AsyncIterable<Uint8Array> & { destroy?: () => void };
}

/**
 * Reads a key set from wherever somebody says that it is: unsigned, without following it elsewhere, no longer and no more than a key set takes.
 *
 * @param withinMs for all of it, from the first byte sent to the last one read
 */
export const keySetFetcher =
	({ request }: ICredentialTestFunctions['helpers'], withinMs = longestMs): FetchKeySet =>
	async (uri) => {
		const isOver = new AbortController();
		const fetchStart = async (): Promise<FetchedText> => {
			const { statusCode: status, body } = (await request({ ...asStream, uri, timeout: withinMs + closesAfterMs })) as StreamedAnswer;
			const close = () => body?.destroy?.();
			if (isOver.signal.aborted) close();
			isOver.signal.addEventListener('abort', close, { once: true });
			return { status, ...(status === 200 ? await readStart(body) : { text: '', isTooLong: false }) };
		};
		// n8n's own limit ends with the first byte of the answer; later than ours, it only closes what nobody waits for any more.
		const late = n8nClock.sleep(withinMs, isOver.signal).then(() => Promise.reject(new ConnectionFailure('ETIMEDOUT')));
		try {
			return await Promise.race([fetchStart().catch((error: unknown) => Promise.reject(toConnectionFailure(error))), late]);
		} finally {
			isOver.abort();
		}
	};

/** Of two limits at the same moment, chance would say by which word a time-out is told. */
const closesAfterMs = 1_000;

const asStream = {
	method: 'GET',
	headers: { Accept: 'application/json', 'User-Agent': userAgent },
	useStream: true,
	simple: false,
	resolveWithFullResponse: true,
	followRedirect: false,
};

/** As much as is allowed; leaving the loop closes the stream. */
async function readStart(body: StreamedAnswer['body']): Promise<Pick<FetchedText, 'text' | 'isTooLong'>> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > mostRead) return { text: '', isTooLong: true };
		chunks.push(chunk);
	}
	return { text: Buffer.concat(chunks).toString('utf8'), isTooLong: false };
}
