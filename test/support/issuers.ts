import { createSender } from '../../lib/http/send';
import type { Transport } from '../../lib/http/types';
import type { Account } from '../../lib/learncoin/api/checks';
import { createLearnCoinClient } from '../../lib/learncoin/api/client';
import { identityOf } from '../../lib/learncoin/batches/identity';
import { checkCredentialInput, type CheckedCredential } from '../../lib/learncoin/credentials/credentialInput';
import type { Claims } from '../../lib/learncoin/issued/claims';
import { createHistory } from '../../lib/learncoin/issued/history';
import { issueOnce, type IssuedOnce, type OnceEntry, type OnceSetup } from '../../lib/learncoin/issued/issueOnce';
import { n8nClock } from '../../lib/n8n/clock';
import type { Sandbox } from '../../sandbox';
import { fetchTransport } from './clients';
import { learnCoinHints } from './hints';
import { recipientId } from './learncoin';

/**
 * As n8n's own store: read, changed and written back as a whole, without a lock; changes of several processes that overlap get lost. Within one
 * process, which has its own `claims`, one change follows another (nodes/LearnCoin/Batch/claims.ts).
 */
export function lossyStore(pauseMs: () => number = () => Math.random() * 10): { marks: () => ReadonlySet<string>; claims: () => Claims } {
	let stored: ReadonlySet<string> = new Set();
	const change = async <T>(work: (marks: Set<string>) => T): Promise<T> => {
		const marks = new Set(stored);
		const result = work(marks);
		await new Promise((resolve) => setTimeout(resolve, pauseMs()));
		stored = marks;
		return result;
	};
	return {
		marks: () => stored,
		claims: () => {
			let last: Promise<unknown> = Promise.resolve();
			const inTurn = async <T>(work: (marks: Set<string>) => T): Promise<T> => {
				const current = last.then(async () => await change(work));
				last = current;
				return await current;
			};
			const claim = async (marks: readonly string[]) =>
				await inTurn((all) => {
					const before = new Set(marks.filter((mark) => all.has(mark)));
					for (const mark of marks) all.add(mark);
					return before;
				});
			return {
				claim,
				release: async (marks) => await inTurn((all) => marks.forEach((mark) => all.delete(mark))),
				accepted: async (marks) => void (await claim(marks)),
				dropTold: async () => {},
			};
		},
	};
}

export interface Issuer {
	/** Issues First Aid, or what is given, to these learners. */
	issue(learners: readonly number[], changes?: Partial<OnceSetup> & { achievement?: object }): Promise<IssuedOnce<NumberedEntry>>;
	requests(): string[];
}

export interface NumberedEntry extends OnceEntry {
	number: number;
}

/** One n8n process with a memory of its own, which issues over HTTP to the sandbox. */
export function startIssuer({ learncoin }: Sandbox, claims: Claims, transport: Transport = fetchTransport): Issuer {
	const account = { apiBaseUrl: learncoin.apiBaseUrl, apiKey: learncoin.apiKey } as Account;
	const requests: string[] = [];
	const authorized: Transport = async (request) => {
		requests.push(`${request.method} ${new URL(request.url).pathname.replace(/^.*\/v1/, '')}`);
		return await transport({ ...request, headers: { ...request.headers, authorization: `Bearer ${account.apiKey}` } });
	};
	const history = createHistory();
	return {
		requests: () => requests,
		async issue(learners, { achievement, ...changes } = {}) {
			const sender = createSender({ concurrency: 10, requestsPerSecond: 0, maxRetries: 1, clock: n8nClock });
			const client = createLearnCoinClient(sender.through(authorized), account.apiBaseUrl, learnCoinHints);
			const entries = learners.map((number) => entryFor(number, achievement));
			const times = { pollIntervalMs: 100, waitTimeoutMs: 20_000, clock: n8nClock };
			return await issueOnce(entries, { client, history, claims, times, claimedWithinMs: 3_000, ...changes });
		},
	};
}

/** First Aid for this learner, or what is given. */
export const credentialInput = (number: number, achievement: object = {}): CheckedCredential =>
	checkCredentialInput({
		recipient: { id: recipientId(number), name: `Learner ${number}` },
		achievement: { name: 'First Aid', description: 'Knows what to do.', ...achievement },
		issuanceDate: '2026-06-30T00:00:00Z',
	});

function entryFor(number: number, achievement?: object): NumberedEntry {
	const credential = credentialInput(number, achievement);
	return { number, credential, mark: identityOf(credential, false) };
}

/** How many credentials each learner has that weren't given up, as the sandbox itself knows. */
export function credentialsOf({ learncoin }: Sandbox): Map<string, number> {
	const failed = new Set(
		learncoin
			.batches()
			.filter(({ status }) => status === 'failed')
			.map(({ id }) => id),
	);
	const counts = new Map<string, number>();
	for (const { recipientId: id, batchId } of learncoin.credentials()) {
		if (!failed.has(batchId)) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}
