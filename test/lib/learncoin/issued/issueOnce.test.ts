import { linkOf } from '../../../../lib/learncoin/issued/batchIndex';
import { ConnectionFailure, type Transport } from '../../../../lib/http/types';
import { defaultLearnCoinSettings, type LearnCoinSettings } from '../../../../sandbox/learncoin/settings';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { fetchTransport } from '../../../support/clients';
import { credentialsOf, lossyStore, startIssuer } from '../../../support/issuers';
import { recipientId } from '../../../support/learncoin';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.learncoin.settings, defaultLearnCoinSettings(), { signedAfterMs: 20, anchoredAfterMs: 150 });
});

/** What the documents leave open about who is told to be in a batch, and when (docs/api/learncoin.md 3.2, 3.3). */
const readings: Array<[string, Partial<LearnCoinSettings>]> = [
	['lists name credentials once anchored', {}],
	['lists name no credentials', { listHasCredentials: false }],
	['lists name credentials at once', { credentialsAppearAt: 'pending' }],
	['absent fields are null', { absentFields: 'null', listHasCredentials: false }],
];

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const anchored = async () => {
	for (let waited = 0; waited < 200 && sandbox.learncoin.batches().some(({ status }) => !/anchored|failed/.test(status)); waited++)
		await new Promise((resolve) => setTimeout(resolve, 10));
};
const once = (learners: readonly number[]) => new Map(learners.map((number) => [recipientId(number), 1]));
const numbers = (entries: Iterable<{ number: number }>) => [...entries].map(({ number }) => number).sort((one, other) => one - other);
const newIssuer = (transport?: Transport) => startIssuer(sandbox, lossyStore().claims(), transport);

describe.each(readings)('where %s', (_, reading) => {
	beforeEach(() => Object.assign(sandbox.learncoin.settings, reading));

	it('ten more rows: the others are known, with credential and link once anchored', async () => {
		const issuer = newIssuer();
		await issuer.issue(upTo(40));
		await anchored();
		const { known, sent, failure } = await issuer.issue(upTo(50));
		expect(failure).toBeUndefined();
		expect(numbers(sent)).toEqual(upTo(10, 41));
		expect(numbers(known.keys())).toEqual(upTo(40));
		for (const [{ credential }, issued] of known) {
			const truth = sandbox.learncoin.credentials().find(({ recipientId: id }) => id === credential.recipient.id)!;
			expect([issued.id, issued.batch.id]).toEqual([truth.id, truth.batchId]);
			expect(linkOf(issued)).toMatch(new RegExp(`/c/${truth.id}$`));
		}
		expect(credentialsOf(sandbox)).toEqual(once(upTo(50)));
	});

	it('a process that knows nothing finds at LearnCoin what another one issued', async () => {
		await newIssuer().issue(upTo(4));
		await anchored();
		const { known, sent } = await newIssuer().issue([3, 4, 5, 6]);
		expect([numbers(known.keys()), numbers(sent)]).toEqual([
			[3, 4],
			[5, 6],
		]);
	});

	it('killed after LearnCoin accepted: another process waits until LearnCoin tells, and issues to the others', async () => {
		const store = lossyStore();
		await startIssuer(sandbox, store.claims(), losingAnswers).issue(upTo(4));
		const { known, sent, failure } = await startIssuer(sandbox, store.claims()).issue(upTo(6));
		expect(failure).toBeUndefined();
		expect([numbers(known.keys()), numbers(sent)]).toEqual([upTo(4), [5, 6]]);
		expect(credentialsOf(sandbox)).toEqual(once(upTo(6)));
	});

	it('killed between the claim and the request: nobody counts as issued', async () => {
		const store = lossyStore();
		await startIssuer(sandbox, store.claims(), refusing('POST')).issue(upTo(3));
		await store.claims().claim(['left behind']);
		const { known, sent } = await startIssuer(sandbox, store.claims()).issue(upTo(3));
		expect([known.size, numbers(sent)]).toEqual([0, upTo(3)]);
	});

	it('a batch that is given up while nobody looks is issued anew, by the same process and by another one', async () => {
		sandbox.learncoin.settings.failBatches = true;
		const store = lossyStore();
		const first = startIssuer(sandbox, store.claims());
		await first.issue(upTo(3));
		await first.issue([7]);
		sandbox.learncoin.settings.failBatches = false;
		await anchored();
		expect(numbers((await first.issue([1, 2])).sent)).toEqual([1, 2]);
		expect(numbers((await startIssuer(sandbox, store.claims()).issue([2, 3])).sent)).toEqual([3]);
		expect(numbers((await startIssuer(sandbox, store.claims()).issue([7])).sent)).toEqual([7]);
		await anchored();
		expect(credentialsOf(sandbox)).toEqual(once([1, 2, 3, 7]));
	});

	it('overlapping lists at the same moment, in two processes whose claims get lost: nobody twice, nobody unanswered', async () => {
		const store = lossyStore();
		const workers = [startIssuer(sandbox, store.claims()), startIssuer(sandbox, store.claims())];
		for (let round = 0; round < 3; round++) {
			const first = round * 100;
			const lists = upTo(8).map((execution) => upTo(4, first + 2 * execution));
			const results = await Promise.all(lists.map(async (list, index) => await workers[index % 2]!.issue(list)));
			results.forEach(({ known, sent, failure, untold }, index) => {
				expect(failure).toBeUndefined();
				expect(untold).toEqual([]);
				expect(numbers([...known.keys(), ...sent])).toEqual(lists[index]);
			});
			expect(Math.max(...credentialsOf(sandbox).values())).toBe(1);
			expect(credentialsOf(sandbox).size).toBe(18 * (round + 1));
		}
	}, 60_000);

	it('the same learner alone, at the same moment in two processes, and later with other details', async () => {
		const [one, other, later] = [newIssuer(), newIssuer(), newIssuer()];
		const results = await Promise.all([one.issue([1]), other.issue([1])]);
		expect(results.map(({ sent, known }) => sent.length + known.size)).toEqual([1, 1]);
		const { known, failure } = await later.issue([1], { achievement: { description: 'In other words.' } });
		expect(failure).toBeUndefined();
		expect(numbers(known.keys())).toEqual([1]);
		expect(credentialsOf(sandbox)).toEqual(once([1]));
	});
});

describe('what it costs', () => {
	it('a small list: two looks more than the request that issues it', async () => {
		const issuer = newIssuer();
		await issuer.issue([1, 2]);
		expect(issuer.requests()).toEqual(['GET /batches', 'GET /batches', 'POST /batches']);
	});

	it('a list that this process issued: two looks, also when LearnCoin does not list it yet', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		const issuer = newIssuer();
		await issuer.issue(upTo(40));
		const { known } = await issuer.issue(upTo(40).reverse());
		expect([...known.values()].every(({ batch }) => batch.id === sandbox.learncoin.batches()[0]!.id)).toBe(true);
		expect(issuer.requests().slice(3)).toEqual(['GET /batches', 'GET /batches']);
	});

	it('a document is read once for each known learner, and never for those whom LearnCoin does not know', async () => {
		await newIssuer().issue(upTo(3));
		await anchored();
		const issuer = newIssuer();
		await issuer.issue(upTo(5));
		await issuer.issue(upTo(5));
		expect(issuer.requests().filter((request) => request.startsWith('GET /credentials/'))).toHaveLength(3);
	});
});

describe('what LearnCoin does not tell', () => {
	beforeEach(() => (sandbox.learncoin.settings.anchoredAfterMs = 3_600_000));
	const briefly = { times: { pollIntervalMs: 100, waitTimeoutMs: 250, clock: clock() } };

	it('somebody claimed whose batch stays open is not sent again, and the others have their turn', async () => {
		const store = lossyStore();
		await startIssuer(sandbox, store.claims(), losingAnswers).issue([1, 2]);
		const { untold, sent } = await startIssuer(sandbox, store.claims()).issue([1, 2, 3], briefly);
		expect([numbers(untold), numbers(sent)]).toEqual([[1, 2], [3]]);
		expect(credentialsOf(sandbox)).toEqual(once([1, 2, 3]));
	});

	it('open batches of others hold nobody up whom nobody claimed', async () => {
		await newIssuer().issue(upTo(5));
		const issuer = newIssuer();
		const { sent } = await issuer.issue([8, 9]);
		expect(numbers(sent)).toEqual([8, 9]);
		expect(issuer.requests().filter((request) => request.startsWith('GET /batches/bat_')).length).toBeLessThanOrEqual(1);
	});

	it('without a store that tells who was claimed, an open batch is waited for', async () => {
		const nothing = async () => {};
		const blind = { claim: async (marks: readonly string[]) => new Set(marks), release: nothing, accepted: nothing, dropTold: nothing };
		await startIssuer(sandbox, blind).issue([1, 2]);
		const { untold, sent } = await startIssuer(sandbox, blind).issue([1, 3], briefly);
		expect([numbers(untold), sent.length]).toEqual([[1, 3], 0]);
	});
});

describe('keys that are used up', () => {
	it('LearnCoin keeps the key of what it refused: the corrected list is issued under the next one', async () => {
		sandbox.learncoin.settings.idempotencyCachesErrors = true;
		sandbox.learncoin.settings.dates = 'utcDateTime';
		sandbox.learncoin.settings.expirationBeforeIssuance = 'refused';
		sandbox.learncoin.settings.achievementLimitBytes = 10;
		const issuer = newIssuer();
		expect((await issuer.issue([1, 2])).failure).toMatchObject({ details: { httpStatus: 400 } });
		sandbox.learncoin.settings.achievementLimitBytes = 64 * 1024;
		const { sent } = await issuer.issue([1, 2, 3]);
		expect(numbers(sent)).toEqual([1, 2, 3]);
	}, 20_000);

	it('an own key that was used for a shorter list: the others are issued under another one', async () => {
		const issuer = newIssuer();
		const ownKey = 'course-7' as never;
		await issuer.issue([1, 2], { ownKey });
		const { known, sent } = await issuer.issue([1, 2, 3], { ownKey });
		expect([numbers(known.keys()), numbers(sent)]).toEqual([[1, 2], [3]]);
	});
});

describe('what is known of a credential', () => {
	it.each([
		['another name', { name: 'Cooking' }],
		['another ID', { id: 'https://example.com/2', name: 'First Aid' }],
	])('an achievement with %s is another one', async (_, achievement) => {
		const issuer = newIssuer();
		await issuer.issue([1, 2], { achievement: { id: 'https://example.com/1' } });
		await anchored();
		const { sent } = await newIssuer().issue([1, 2], { achievement });
		expect(numbers(sent)).toEqual([1, 2]);
	});

	it('an erased one whose document says nothing any more is told as such, and nothing is sent', async () => {
		sandbox.learncoin.settings.signedCredentialAfterErase = 'null';
		await newIssuer().issue([1, 2]);
		await anchored();
		const { id } = sandbox.learncoin.credentials().find(({ recipientId: of }) => of === recipientId(1))!;
		await change(`/credentials/${id}/erase`, { requester: 'recipient', verified_at: '2026-07-01T00:00:00Z' });
		const { unreadable, sent, known } = await newIssuer().issue([1, 2, 3]);
		expect([numbers(unreadable.keys()), numbers(known.keys()), numbers(sent)]).toEqual([[1], [2], [3]]);
	});

	it('a revoked one is not issued again by itself', async () => {
		await newIssuer().issue([1, 2]);
		await anchored();
		const { id } = sandbox.learncoin.credentials()[0]!;
		await change(`/credentials/${id}/revoke`, { reason: 'Wrong course', reason_code: 'issuer_error' });
		const { known } = await newIssuer().issue([1, 2]);
		expect([...known.values()].filter(({ revoked }) => revoked).map(({ id: revokedId }) => revokedId)).toEqual([id]);
	});
});

describe('failures', () => {
	it('of what LearnCoin refused, the claims are taken back, and who has it already is told all the same', async () => {
		const store = lossyStore();
		const issuer = startIssuer(sandbox, store.claims());
		await issuer.issue([1, 2]);
		const before = store.marks().size;
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 403 } });
		const { known, sent, failure } = await issuer.issue([1, 2, 3]);
		expect([numbers(known.keys()), sent.length]).toEqual([[1, 2], 0]);
		expect(failure).toMatchObject({ details: { httpStatus: 403 } });
		expect(store.marks().size).toBe(before);
	});

	it('claims of another process are not taken back by a run that fails', async () => {
		const store = lossyStore();
		await startIssuer(sandbox, store.claims(), losingAnswers).issue([1, 2]);
		const claimed = new Set(store.marks());
		for (const route of ['learncoin.listBatches', 'learncoin.createBatch']) {
			sandbox.faults.add({ route, answer: { kind: 'status', status: 403 } });
			await startIssuer(sandbox, store.claims()).issue([1, 2, 3]);
		}
		expect(store.marks()).toEqual(claimed);
	});

	it('a run that is stopped sends nothing more', async () => {
		const stop = AbortSignal.abort();
		const { sent, failure } = await newIssuer().issue([1, 2], {
			times: { pollIntervalMs: 100, waitTimeoutMs: 1000, clock: clock(), stop },
		});
		expect([sent.length, (failure as Error).name]).toEqual([0, 'SendingStopped']);
		expect(sandbox.learncoin.batches()).toHaveLength(0);
	});
});

function clock() {
	return {
		now: () => Date.now(),
		sleep: async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms)),
	};
}

const change = async (path: string, body: object) => {
	const { apiBaseUrl, apiKey } = sandbox.learncoin;
	const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
	await fetch(`${apiBaseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
};

/** The work is done, and this process never hears of it. */
const losingAnswers: Transport = async (request) => {
	const answer = await fetchTransport(request);
	if (request.method === 'POST') throw new ConnectionFailure('ECONNRESET');
	return answer;
};

/** As if the process had ended before: an answer that never comes would keep the test waiting. */
const refusing =
	(method: string): Transport =>
	async (request) => {
		if (request.method === method) throw new ConnectionFailure('ECONNRESET');
		return await fetchTransport(request);
	};
