import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { z } from 'zod';
import { parsedJson } from '../../shared/parsedJson';

/** A JWKS could not be fetched or read; the message says why, in words for the person who set it up. */
export class JwksUnreachable extends Error {}

const jwksSchema = z.object({ keys: z.array(z.record(z.unknown())) });
const fetchTimeoutMs = 5_000;

interface FetchedJwks {
	at: number;
	keys: Promise<JWK[]>;
}

/** The partners' key sets, fetched from where they are registered and kept for a while. */
export class JwksCache {
	private readonly fetched = new Map<string, FetchedJwks>();

	/** @param maxAgeMs asked at each look-up, because settings can change at any time */
	constructor(private readonly maxAgeMs: () => number) {}

	/**
	 * The key with this id, or undefined. An unknown id is looked for once more in a fresh copy, so that a rotated key works
	 * from its first signature (docs/api/moca.md 2.5).
	 * @throws JwksUnreachable
	 */
	async find(url: string, kid: string): Promise<JWK | undefined> {
		const kept = this.fetched.get(url);
		if (kept && Date.now() - kept.at < this.maxAgeMs()) {
			const key = byKid(await kept.keys, kid);
			if (key) return key;
		}
		return byKid(await this.refresh(url, kept).keys, kid);
	}

	/** The next look-up fetches again. */
	forget(url: string): void {
		this.fetched.delete(url);
	}

	private refresh(url: string, stale: FetchedJwks | undefined): FetchedJwks {
		const current = this.fetched.get(url);
		// Another request may have fetched it meanwhile; fifty requests at once need one fetch.
		if (current && current !== stale) return current;
		const fresh: FetchedJwks = { at: Date.now(), keys: fetchJwks(url) };
		this.fetched.set(url, fresh);
		fresh.keys.catch(() => {
			if (this.fetched.get(url) === fresh) this.fetched.delete(url);
		});
		return fresh;
	}
}

function byKid(keys: JWK[], kid: string): JWK | undefined {
	return keys.find((key) => key.kid === kid);
}

async function fetchJwks(url: string): Promise<JWK[]> {
	const parsed = jwksSchema.safeParse(parsedJson(await readText(url)));
	if (!parsed.success) throw new JwksUnreachable('it is not a JSON object with a "keys" array');
	return parsed.data.keys as JWK[];
}

async function readText(url: string): Promise<string> {
	try {
		// Files are for tests that have no web server of their own; Moca itself only takes public HTTPS (docs/api/moca.md 2.5).
		if (url.startsWith('file:')) return await readFile(new URL(url), 'utf8');
		const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) });
		if (response.ok) return await response.text();
		await response.body?.cancel();
		throw new JwksUnreachable(`it answered HTTP ${response.status}`);
	} catch (error) {
		if (error instanceof JwksUnreachable) throw error;
		throw new JwksUnreachable('it could not be fetched', { cause: error });
	}
}
