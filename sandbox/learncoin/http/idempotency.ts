import type { ApiCall } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import type { LearnCoinSettings } from '../settings';
import type { Environment } from '../types';
import { invalid, LearnCoinRefusal } from './errors';

const maxKeyLength = 255;

interface Remembered {
	at: number;
	fingerprint: string;
	answer: Promise<ApiAnswer>;
}

/** The one POST being made, as far as idempotency cares. */
interface IdempotentCall {
	call: ApiCall;
	environment: Environment;
	/** The route's name, e.g. `learncoin.createBatch`. */
	route: string;
}

/** Answers of POSTs with an `Idempotency-Key` (docs/api/learncoin.md 5). */
export class Idempotency {
	private readonly remembered = new Map<string, Remembered>();

	/**
	 * The first answer again when the key is known with the same body, else what `work` gives. Two at the same time share one
	 * piece of work.
	 * @throws LearnCoinRefusal 409 `idempotency_key_reused`, 400 for an over-long key (its code is unknown)
	 */
	async once(request: IdempotentCall, settings: LearnCoinSettings, work: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
		const key = readKey(request, settings);
		if (key === undefined) return await work();
		const known = this.remembered.get(key);
		const fingerprint = fingerprintOf(request, settings);
		if (known && Date.now() - known.at < settings.idempotencyTtlMs) {
			if (known.fingerprint === fingerprint) return await known.answer;
			throw new LearnCoinRefusal(409, 'idempotency_key_reused', 'This Idempotency-Key was already used with a different body.');
		}
		const answer = work();
		this.remembered.set(key, { at: Date.now(), fingerprint, answer });
		answer.catch(() => {
			if (!settings.idempotencyCachesErrors) this.remembered.delete(key);
		});
		return await answer;
	}

	clear(): void {
		this.remembered.clear();
	}
}

function readKey({ call, environment, route }: IdempotentCall, settings: LearnCoinSettings): string | undefined {
	const header = call.headers['idempotency-key'];
	if (typeof header !== 'string' || header === '') return undefined;
	if (settings.idempotencyOn === 'createBatch' && route !== 'learncoin.createBatch') return undefined;
	if (header.length > maxKeyLength) throw invalid('invalid_field_format', `Idempotency-Key must have at most ${maxKeyLength} characters.`);
	return [environment, settings.idempotencyScope === 'endpoint' ? addressOf(call, route) : '', header].join('\n');
}

function fingerprintOf({ call, route }: IdempotentCall, { idempotencyComparison }: LearnCoinSettings): string {
	const body = idempotencyComparison === 'bytes' ? call.rawBody : canonical(call.body);
	return `${addressOf(call, route)}\n${body}`;
}

function addressOf({ params }: ApiCall, route: string): string {
	return `${route} ${params.id ?? ''}`;
}

/** JSON whose members are in one order, so that their order doesn't count. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_name, member: unknown) =>
		typeof member === 'object' && member !== null && !Array.isArray(member)
			? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
			: member,
	);
}
