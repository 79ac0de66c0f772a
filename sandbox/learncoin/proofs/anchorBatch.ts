import { randomInt } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { networks, type Network } from '../../chain/chain';
import type { ChainState } from '../../chain/state';
import type { StoredBatch } from '../batchStore';
import { newHash } from '../ids';
import type { LearnCoinSettings } from '../settings';
import type { AnchorTransaction } from '../types';
import type { IssuerAccounts } from './accounts';
import { issuerIds, type IdsContext } from './did';
import { documentOf, type CredentialDocument } from './document';
import { leafOf } from './leaf';
import { MerkleTree } from './merkleTree';

export interface AnchoringContext extends IdsContext {
	accounts: IssuerAccounts;
	chains: ChainState['chains'];
}

/** A test key anchors in the test network (docs/api/learncoin.md 1). */
export const networkOf = ({ environment }: StoredBatch): Network => (environment === 'test' ? 'base-sepolia' : 'base-mainnet');

/** A batch's documents, and the Merkle tree over them; none where proofs are placeholders, or where there is nothing to prove. */
interface PreparedBatch {
	documents: CredentialDocument[];
	tree?: MerkleTree;
}

/** Makes the documents of a batch as they are now. @throws Error when one has no canonical form within bounds */
export async function prepareBatch({ credentials }: StoredBatch, context: AnchoringContext): Promise<PreparedBatch> {
	const { settings, tenant } = context;
	const issuer = { id: issuerIds(context).issuer, name: tenant.name };
	const documents = credentials.map((credential) => documentOf(credential, issuer, settings));
	if (settings.proofs === 'placeholder' || documents.length === 0) return { documents };
	return { documents, tree: await treeOver(documents) };
}

/** Sends the root to the chain of the batch's environment. */
export function anchorBatch(batch: StoredBatch, { documents, tree }: PreparedBatch, context: AnchoringContext): void {
	batch.status = 'anchored';
	batch.anchoredAt = Date.now();
	batch.merkleRoot = tree ? `0x${tree.root().toString('hex')}` : newHash();
	batch.anchorTransaction = tree ? sendRoot(batch.merkleRoot, networkOf(batch), context) : madeUpTransaction(batch);
	if (tree) batch.tree = tree;
	batch.credentials.forEach((credential, at) => {
		credential.document = documents[at]!;
	});
}

/** With a pause now and then, so that no other call waits for a large batch. */
async function treeOver(documents: CredentialDocument[]): Promise<MerkleTree> {
	const leaves: Buffer[] = [];
	for (const document of documents) {
		leaves.push(await leafOf(document));
		if (leaves.length % documentsAtOnce === 0) await nextTurn();
	}
	return new MerkleTree(leaves);
}

const documentsAtOnce = 50;

function sendRoot(root: string, network: Network, { settings, accounts, chains }: AnchoringContext): AnchorTransaction {
	const { hash, blockNumber } = chains[network].send(accounts[settings.anchorSender].address, dataWith(root, settings));
	return described(network, hash, blockNumber);
}

function dataWith(root: string, { anchorInput }: LearnCoinSettings): string {
	if (anchorInput === 'root') return root;
	return anchorInput === 'other' ? newHash() : `${newHash()}${root.slice(2)}00ff`;
}

/** Of the documented shape; no chain has it. */
function madeUpTransaction(batch: StoredBatch): AnchorTransaction {
	return described(networkOf(batch), newHash(), randomInt(10_000_000, 99_999_999));
}

function described(network: Network, hash: string, blockNumber: number): AnchorTransaction {
	return { chain: network, hash, block_number: blockNumber, explorer_url: `${networks[network].explorer}/tx/${hash}` };
}
