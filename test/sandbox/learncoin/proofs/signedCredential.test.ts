import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import axios from 'axios';
import fc from 'fast-check';
import { withALetterChanged } from '../../../../sandbox/learncoin/credentials/downloads';
import type { CredentialDocument } from '../../../../sandbox/learncoin/proofs/document';
import type { LearnCoinSettings } from '../../../../sandbox/learncoin/settings';
import { checkProof, readProof, type Provable } from '../../../support/badges/checkProof';
import {
	anchoredBatch,
	call,
	credential,
	credentials,
	createBatch,
	learnerId,
	until,
	useLearnCoin,
} from '../../../support/sandbox/learncoin';

/** Independent of the sandbox's own way: jsonld over the published contexts, and cborg. */
const sandbox = useLearnCoin();
const set = (settings: Partial<LearnCoinSettings>) => Object.assign(sandbox().learncoin.settings, settings);

type Document = Provable & CredentialDocument;

async function documentOf(id: string): Promise<Document> {
	const { data } = await call(sandbox(), 'GET', `/credentials/${id}`);
	return (data as { signed_credential: Document }).signed_credential;
}

async function issuedId(changes: Record<string, unknown> = {}): Promise<string> {
	return (await anchoredBatch(sandbox(), [credential(1, changes)])).credentials[0]!.id;
}

const issued = async (changes: Record<string, unknown> = {}) => await documentOf(await issuedId(changes));

/** The transaction as the chain's endpoint tells it. */
async function transactionOf(hash: string): Promise<{ input: string; from: string }> {
	const body = { jsonrpc: '2.0', id: 1, method: 'eth_getTransactionByHash', params: [hash] };
	return (await axios.post<{ result: { input: string; from: string } }>(sandbox().chain.rpcUrls['base-sepolia'], body)).data.result;
}

describe('the checks of these tests', () => {
	const vectors = process.env.VERIFICATION_VECTORS ?? resolve(process.cwd(), '../shared/vectors');
	// Real documents that aren't part of the repository.
	(existsSync(vectors) ? it : it.skip).each([
		['eth-sepolia-v3-valid.json', { hashFits: true, pathFits: true, anchor: [1, 11_155_111, expect.stringMatching(/^0x1f61/)] }],
		['btc-testnet-v3-path-valid.json', { hashFits: true, pathFits: true, anchor: [0, 3, expect.stringMatching(/^140ee9/)] }],
		['btc-testnet-v3-tampered.json', { hashFits: false, pathFits: true }],
		['vc2-data-integrity-v3.2-valid.json', { hashFits: true, pathFits: true, anchor: [-1, expect.stringContaining('testing only')] }],
	])('find of a real document, %s, what is known of it', async (file, expected) => {
		const document = JSON.parse(readFileSync(join(vectors, file), 'utf8')) as Provable;
		expect(await checkProof(document)).toMatchObject(expected);
	});
});

describe('what the sandbox issues', () => {
	it.each([1, 2, 3, 5, 500])(
		'verifies in a batch of %d: its hash, its path, and the root in a transaction of the tenant',
		async (count) => {
			const batch = await anchoredBatch(sandbox(), credentials(count));
			const { merkle_root, anchor_transaction } = batch as unknown as { merkle_root: string; anchor_transaction: { hash: string } };
			// Of the largest batch: both ends, the middle, and neighbours.
			const looked = batch.credentials.filter((_one, at) => count <= 5 || [0, 1, 249, 250, 498, 499].includes(at));
			for (const { id, recipient_id } of looked) {
				const document = await documentOf(id);
				expect(document.credentialSubject.id).toBe(recipient_id);
				expect(await checkProof(document)).toMatchObject({
					hashFits: true,
					pathFits: true,
					merkleRoot: merkle_root.slice(2),
					anchor: ['base', 'sepolia', anchor_transaction.hash],
				});
			}
			expect(await transactionOf(anchor_transaction.hash)).toMatchObject({
				input: merkle_root,
				from: sandbox().learncoin.issuer().address,
			});
		},
	);

	it('no longer verifies with any letter changed that its contexts cover', async () => {
		const alignment = [{ targetFramework: 'ESCO', targetCode: 'S1', targetName: 'Algebra', targetUrl: 'https://esco.example/S1' }];
		const achievement = {
			id: 'https://school.example/a',
			name: 'Algebra',
			description: 'Done',
			criteria: { narrative: 'Exam' },
			alignment,
		};
		const text = JSON.stringify(await issued({ achievement }));
		const covered = [
			'Learner 1',
			'Sandbox Academy',
			'school.example',
			'Algebra"',
			'Done',
			'Exam',
			'ESCO',
			'"S1',
			'esco.example',
			learnerId(1),
		];
		for (const word of covered) {
			const changed = text.replace(word, word.slice(0, -2) + '~' + word.slice(-1));
			expect(changed).not.toBe(text);
			expect([word, (await checkProof(JSON.parse(changed) as Provable)).hashFits]).toEqual([word, false]);
		}
	});

	it('doesn’t cover its dates in the documented form, and covers them in the other one', async () => {
		const expirationDate = '2030-01-01T00:00:00Z';
		const later = '2099-01-01T00:00:00Z';
		const documented = await issued({ expirationDate });
		expect((await checkProof({ ...documented, expirationDate: later })).hashFits).toBe(true);
		set({ documentDates: 'validFrom' });
		const { issuanceDate, ...other } = await issued({ expirationDate });
		expect(issuanceDate).toBeUndefined();
		expect(other).toMatchObject({ validFrom: '2026-06-30T00:00:00Z', validUntil: expirationDate });
		expect((await checkProof(other as unknown as Provable)).hashFits).toBe(true);
		expect((await checkProof({ ...(other as unknown as Provable), validUntil: later })).hashFits).toBe(false);
	});

	it('verifies whatever people write, and doesn’t with a letter changed', async () => {
		const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
		const people = fc.array(fc.record({ name: text, achievement: fc.record({ name: text, description: text }) }), {
			minLength: 1,
			maxLength: 7,
		});
		await fc.assert(
			fc.asyncProperty(people, async (learners) => {
				const list = learners.map(({ name, achievement }, at) =>
					credential(at + 1, { recipient: { id: learnerId(at + 1), name }, achievement }),
				);
				for (const { id } of (await anchoredBatch(sandbox(), list)).credentials) {
					const document = await documentOf(id);
					expect(await checkProof(document)).toMatchObject({ hashFits: true, pathFits: true });
					expect((await checkProof(withALetterChanged(document))).hashFits).toBe(false);
				}
			}),
			{ numRuns: 10 },
		);
	});

	it('verifies with two achievements’ worth of equal alignments', async () => {
		const alignment = Array.from({ length: 12 }, () => ({ targetFramework: 'ESCO', targetName: 'The same' }));
		const document = await issued({ achievement: { name: 'A', description: 'B', alignment } });
		expect(await checkProof(document)).toMatchObject({ hashFits: true });
	});

	it('goes on verifying when it is revoked, and when it is erased', async () => {
		const id = await issuedId();
		await call(sandbox(), 'POST', `/credentials/${id}/revoke`, { body: { reason: 'Wrong', reason_code: 'other' } });
		await call(sandbox(), 'POST', `/credentials/${id}/erase`, { body: { requester: 'recipient', verified_at: '2026-06-30T12:00:00Z' } });
		expect(await checkProof(await documentOf(id))).toMatchObject({ hashFits: true, pathFits: true });
		set({ signedCredentialAfterErase: 'nameRemoved' });
		expect(await checkProof(await documentOf(id))).toMatchObject({ hashFits: false, pathFits: true });
	});
});

describe('played otherwise', () => {
	it.each<Partial<LearnCoinSettings>>([
		{ proofHashes: 'bytes' },
		{ proofValueForm: 'base58' },
		{ anchorChain: 'newNumber' },
		{ anchorChain: 'mocknet' },
		{ documentContexts: 'four' },
		{ issuerDid: 'path', didKey: 'multikey' },
		{ proofHasPurpose: false },
	])('it verifies all the same: %j', async (settings) => {
		const usual = await issued();
		set(settings);
		const other = await issued();
		expect(await checkProof(other)).toMatchObject({ hashFits: true, pathFits: true });
		const form = ({ proof, issuer, '@context': contexts }: Document) => [
			contexts.length,
			issuer.id,
			Object.keys(proof).length,
			proof.proofValue[0],
			proof.proofValue.length > 300,
			readProof(proof.proofValue).anchor.slice(0, 2),
		];
		expect(form(other)).not.toEqual(form(usual));
	});

	it('a proof is written anew when its form changes, and stays the same proof', async () => {
		const id = await issuedId();
		const usual = await checkProof(await documentOf(id));
		set({ anchorChain: 'chainId' });
		expect(await checkProof(await documentOf(id))).toEqual({ ...usual, hashFits: true, anchor: [84_532, 84_532, usual.anchor[2]] });
	});

	it.each<[Partial<LearnCoinSettings>, (root: string) => object]>([
		[
			{ anchorSender: 'other' },
			(root) => ({ input: root, from: expect.not.stringMatching(sandbox().learncoin.issuer().address) as string }),
		],
		[{ anchorInput: 'containsRoot' }, (root) => ({ input: expect.stringMatching(`^0x[0-9a-f]{64}${root.slice(2)}00ff$`) as string })],
		[{ anchorInput: 'other' }, (root) => ({ input: expect.not.stringContaining(root.slice(2)) as string })],
	])('the transaction is another one: %j', async (settings, expected) => {
		set(settings);
		const { merkleRoot, anchor } = await checkProof(await issued());
		expect(await transactionOf(String(anchor[2]))).toMatchObject(expected(`0x${merkleRoot}`));
	});

	it('placeholders stand for proof, root and transaction', async () => {
		set({ proofs: 'placeholder' });
		const batch = (await anchoredBatch(sandbox())) as unknown as { merkle_root: string; credentials: Array<{ id: string }> };
		expect(batch.merkle_root).toMatch(/^0x[0-9a-f]{64}$/);
		expect((await documentOf(batch.credentials[0]!.id)).proof.proofValue).toBe('zSandboxFakeProofDoesNotVerify');
		expect(sandbox().chain.transactions('base-sepolia')).toEqual([]);
	});

	it('a batch without a credential is anchored without a proof', async () => {
		set({ emptyBatch: 'accepted' });
		await createBatch(sandbox(), []);
		await until(() => sandbox().learncoin.batches()[0]?.status === 'anchored');
		expect(sandbox().chain.transactions('base-sepolia')).toEqual([]);
	});
});
