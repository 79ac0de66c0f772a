import { isInside, isLoopback } from '../http/hosts';
import type { ConnectionFailure, HttpRequest, Send } from '../http/types';
import { isJsonObject, parseJson, type JsonObject } from '../values/json';

/** A JSON object from elsewhere, or why there is none, as the end of a sentence. */
export type Found = { ok: true; object: JsonObject } | { ok: false; why: string };

/** Asks for what a proof refers to. The same question is asked once; answers are as they were when it was asked first. */
export interface Lookup {
	/** @param url https; plain http only on this machine, and only where `mayBeLocal` */
	get(url: string): Promise<Found>;
	/** JSON-RPC, as the nodes of Ethereum-like chains speak it. `object.result` is what they answer. */
	call(url: string, method: string, params: readonly unknown[]): Promise<Found>;
	/** Documents may name addresses on this machine; for trying out against one's own. */
	readonly mayBeLocal: boolean;
}

/** More answers aren't kept, so that a list from a thousand issuers doesn't fill the memory. */
const mostKept = 200;

/** Characters of an answer; documents of keys are some thousand long, lists of states some ten thousand. */
const longestAnswer = 2_000_000;

/**
 * @param send to the chain's node, which somebody chose
 * @param sendToStrangers to the addresses that documents name
 * @param mayBeLocal see {@link Lookup}
 */
export function createLookup(send: Send, sendToStrangers: Send, mayBeLocal: boolean): Lookup {
	const known = new Map<string, Promise<Found>>();
	const once = (send: Send, request: HttpRequest): Promise<Found> => {
		const key = JSON.stringify([request.url, request.body ?? null]);
		const found = known.get(key) ?? ask(send, request);
		known.delete(key);
		known.set(key, found);
		for (const oldest of known.keys()) {
			if (known.size <= mostKept) break;
			known.delete(oldest);
		}
		return found;
	};
	return {
		mayBeLocal,
		async get(url) {
			const refused = refusal(url, mayBeLocal);
			return refused ? { ok: false, why: refused } : await once(sendToStrangers, { method: 'GET', url, repeat: 'anything' });
		},
		async call(url, method, params) {
			const answer = await once(send, { method: 'POST', url, body: { jsonrpc: '2.0', id: 1, method, params }, repeat: 'anything' });
			if (!answer.ok || 'result' in answer.object) return answer;
			const { error } = answer.object;
			const message = isJsonObject(error) && typeof error.message === 'string' ? `: ${error.message.slice(0, 200)}` : '';
			return { ok: false, why: `it answered with an error${message}` };
		},
	};
}

/** Strangers write these addresses: none of them should have n8n look into its own network. */
function refusal(text: string, mayBeLocal: boolean): string | undefined {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || url.username !== '' || url.password !== '') return 'its address cannot be one';
	if (isLoopback(url.hostname)) return mayBeLocal ? undefined : 'its address is this machine’s own';
	if (isInside(url.hostname)) return 'its address is not one of the public internet';
	return url.protocol === 'https:' ? undefined : 'its address is not https';
}

async function ask(send: Send, request: HttpRequest): Promise<Found> {
	try {
		const { status, text } = await send(request);
		if (status < 200 || status > 299) return { ok: false, why: `it answered with status ${status}` };
		if (text.length > longestAnswer) return { ok: false, why: 'its answer is too large' };
		const object = parseJson(text);
		return isJsonObject(object) ? { ok: true, object } : { ok: false, why: 'it did not answer with a JSON object' };
	} catch (error) {
		if (isSilence(error)) return { ok: false, why: `it gave no answer (${error.code})` };
		return await Promise.reject(error);
	}
}

/** By its name: this part is bundled on its own, so that the class of whoever sends is another one than ours. */
const isSilence = (error: unknown): error is ConnectionFailure => error instanceof Error && error.name === 'ConnectionFailure';
