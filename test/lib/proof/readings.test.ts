import { randomUUID } from 'node:crypto';

import axios from 'axios';

import { usuallyRequired } from '../../../lib/proof/verdict';
import { createVerifier, type Ask, type Verified } from '../../../lib/proof/verify';
import { readJsonValue } from '../../../lib/proof/document/boundedJson';
import { issueSampleBadge } from '../../../n8n/demo/sampleBadge';
import { defaultChainSettings, type ChainSettings } from '../../../sandbox/chain/settings';
import type { Fault } from '../../../sandbox';
import { defaultLearnCoinSettings, type LearnCoinSettings } from '../../../sandbox/learncoin/settings';
import { fetchSend } from '../../support/clients';
import { byOne, verdictsOf } from '../../support/proof/world';
import { useSandbox } from '../../support/sandbox/useSandbox';

/** What a check makes of each way in which LearnCoin's documents can be read (docs/api/learncoin.md 13.1): the sandbox plays them. */
const sandbox = useSandbox();

const clock = { now: () => Date.now(), sleep: async () => {} };

function play(learncoin: Partial<LearnCoinSettings>, chain: Partial<ChainSettings> = {}): void {
	Object.assign(sandbox().learncoin.settings, defaultLearnCoinSettings(), { signedAfterMs: 0, anchoredAfterMs: 0, ...learncoin });
	Object.assign(sandbox().chain.settings, { chainId: undefined, ...defaultChainSettings(), ...chain });
}

async function check(document: unknown, ask?: Ask): Promise<Verified> {
	const verify = createVerifier({
		...byOne(fetchSend()),
		clock,
		rpcUrl: sandbox().chain.rpcUrls['base-sepolia'],
		mayBeLocal: true,
		required: usuallyRequired,
	});
	return await verify(async (work) => await readJsonValue(document, work), ask);
}

const download = async (url: string): Promise<unknown> => (await axios.get<unknown>(url, { proxy: false })).data;

async function checkBadge(...settings: Parameters<typeof play>): Promise<Verified> {
	play(...settings);
	return await check(await download((await issueSampleBadge(sandbox())).genuine));
}

it.each<Partial<LearnCoinSettings>>([
	{},
	{ proofValueForm: 'base58' },
	{ proofHashes: 'bytes' },
	{ anchorChain: 'newNumber' },
	{ anchorChain: 'chainId' },
	{ anchorChain: 'ethereumNumber' },
	{ issuerDid: 'bare' },
	{ issuerDid: 'path' },
	{ didKey: 'multikey' },
	{ issuerDid: 'path', didKey: 'multikey' },
	{ documentContexts: 'four' },
	{ proofHasPurpose: false },
])('genuine, with the date that no context knows named: %j', async (settings) => {
	expect(await checkBadge(settings)).toMatchObject({ outcome: 'genuine', notCovered: ['issuanceDate'], anchor: { chain: 'Base Sepolia' } });
});

it('genuine, with nothing left out, where the dates are those that its contexts know', async () => {
	expect(await checkBadge({ documentDates: 'validFrom' })).toMatchObject({ outcome: 'genuine', notCovered: [] });
});

it.each<[Partial<LearnCoinSettings>, Partial<ChainSettings>, Record<string, string>, string]>([
	[{ anchorChain: 'ethereum' }, {}, { anchor: 'notChecked' }, 'unverifiable'],
	[{ anchorChain: 'mocknet' }, {}, { anchor: 'notProven' }, 'unverifiable'],
	[{ anchorInput: 'containsRoot' }, {}, { anchor: 'partly', issuer: 'holds' }, 'genuine'],
	[{ anchorInput: 'other' }, {}, { hash: 'holds', anchor: 'fails' }, 'altered'],
	[{ anchorSender: 'other' }, {}, { anchor: 'holds', issuer: 'notProven' }, 'unverifiable'],
	[{ proofs: 'placeholder' }, {}, { format: 'fails', hash: 'notChecked' }, 'unverifiable'],
	[{}, { transactions: 'pending' }, { anchor: 'notProven' }, 'unverifiable'],
	[{}, { transactions: 'failed' }, { anchor: 'notProven' }, 'unverifiable'],
	[{}, { transactions: 'unknown' }, { anchor: 'notProven' }, 'unverifiable'],
	[{}, { chainId: 1 }, { anchor: 'notChecked' }, 'unverifiable'],
])('told step by step: %j, %j', async (learncoin, chain, verdicts, outcome) => {
	const result = await checkBadge(learncoin, chain);
	expect(verdictsOf(result)).toMatchObject(verdicts);
	expect(result.outcome).toBe(outcome);
});

it.each<Fault['answer']>([
	{ kind: 'drop', when: 'before' },
	{ kind: 'html', status: 502 },
	{ kind: 'truncated' },
	{ kind: 'body', status: 200, body: 'no' },
	{ kind: 'body', status: 200, body: { jsonrpc: '2.0', id: 1, error: { code: -32_000, message: 'no' } } },
	{ kind: 'body', status: 200, body: { jsonrpc: '2.0', id: 1, result: '0x14a34' } },
	{ kind: 'body', status: 200, body: { jsonrpc: '2.0', id: 1, result: null } },
])('an endpoint that answers nothing, or nonsense, leaves the anchor open: %j', async (answer) => {
	sandbox().faults.add({ route: 'chain.call', times: 100, answer });
	const result = await checkBadge({});
	expect(result.outcome).toBe('unverifiable');
	expect(['notChecked', 'notProven']).toContain(verdictsOf(result).anchor);
});

const api = () => {
	const { apiBaseUrl, apiKey } = sandbox().learncoin;
	return axios.create({ baseURL: apiBaseUrl, proxy: false, headers: { authorization: `Bearer ${apiKey}` } });
};

it.each(['withoutProof', 'placeholderProof'] as const)('before it is anchored, %s: unverifiable, and never altered', async (signed) => {
	play({ anchoredAfterMs: 600_000, credentialsAppearAt: 'pending', signedCredentialBeforeAnchor: signed });
	const credentials = [
		{
			recipient: { id: `urn:uuid:${randomUUID()}`, name: 'Amara Okafor' },
			achievement: { name: 'First Aid', description: 'Knows what to do.' },
			issuanceDate: '2026-06-30T00:00:00Z',
		},
	];
	const { id } = (await api().post<{ id: string }>('/batches', { credentials })).data;
	const batch = (await api().get<{ credentials: Array<{ id: string }> }>(`/batches/${id}`)).data;
	const { signed_credential: document } = (await api().get<{ signed_credential: unknown }>(`/credentials/${batch.credentials[0]!.id}`))
		.data;
	const result = await check(document);
	expect([result.outcome, verdictsOf(result).format]).toEqual(['unverifiable', 'fails']);
});

it.each([
	['kept', 'genuine', 'holds'],
	['nameRemoved', 'unverifiable', 'notProven'],
] as const)('after an erasure, %s: %s', async (signedCredentialAfterErase, outcome, hash) => {
	play({ signedCredentialAfterErase });
	const { genuine } = await issueSampleBadge(sandbox());
	const id = /crd_\w+/.exec(genuine)![0];
	await api().post(`/credentials/${id}/erase`, { requester: 'recipient', verified_at: '2026-06-30T00:00:00Z' });
	const result = await check(await download(genuine), async () => ({ known: true, revoked: false, erased: true }));
	expect([result.outcome, verdictsOf(result).hash]).toEqual([outcome, hash]);
});
