import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { walk } from '../../../lib/proof/merkle/path';
import { readBadgeFile } from '../../../lib/proof/document/badgeFile';
import { proofOf } from '../../../lib/proof/document/proofOf';
import { usuallyRequired } from '../../../lib/proof/verdict';
import { createVerifier } from '../../../lib/proof/verify';
import { alone } from '../../support/proof/alone';
import { byOne, rpcUrl, sendIn, testClock, verdictsOf, worldWith } from '../../support/proof/world';

/**
 * Real documents of Blockcerts, with the verdict that each must get. They aren't part of this repository (`expected.json` beside them names their
 * source); VERIFICATION_VECTORS says where they are, else they are looked for beside the repository's folder.
 */
const folder = process.env.VERIFICATION_VECTORS ?? resolve(process.cwd(), '../shared/vectors');
const isHere = existsSync(join(folder, 'expected.json'));

interface Vector {
	file: string;
	offline: {
		targetHash: string;
		merkleRoot: string;
		computedRoot: string;
		pathLength: number;
		anchor: string;
		verificationMethod: string;
		unmapped: string[];
		hashMatches: boolean;
	};
	transaction?: { hash?: string; input?: string; from?: string; chainId?: number };
	issuerKey?: { id: string };
}

const vectors = isHere ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { vectors: Vector[] }).vectors : [];
const bytesOf = ({ file }: Vector) => readFileSync(join(folder, file));

if (!isHere) it.skip(`real documents: skipped, for there are none at ${folder} (VERIFICATION_VECTORS)`, () => {});

const describeEach = isHere ? describe.each(vectors) : describe.skip.each([{} as Vector]);

describeEach('the real document $file', (vector) => {
	const { offline, transaction, issuerKey } = vector;

	it('has the proof that was read from it elsewhere', async () => {
		const reading = await readBadgeFile(bytesOf(vector), alone);
		const found = reading.ok ? proofOf(reading.document) : undefined;
		if (!found?.ok) throw new Error('It has no proof');
		const { value, verificationMethod } = found.proof;
		expect(value).toMatchObject({ targetHash: offline.targetHash, merkleRoot: offline.merkleRoot });
		expect(value.path).toHaveLength(offline.pathLength);
		expect(walk(value.targetHash, value.path)).toBe(offline.computedRoot);
		expect([value.anchors[0]!.code, verificationMethod]).toEqual([offline.anchor, offline.verificationMethod]);
	});

	it('gets its verdict, step by step', async () => {
		const world = {
			...worldWith(''),
			chainId: `0x${(transaction?.chainId ?? 1).toString(16)}`,
			rpc: {
				eth_getTransactionByHash: { ...transaction, blockNumber: '0x1' },
				eth_getTransactionReceipt: { status: '0x1' },
			},
			web: issuerKey
				? { [issuerKey.id.split('#')[0]!]: { id: issuerKey.id.split('#')[0], verificationMethod: [issuerKey] } }
				: ({} as Record<string, unknown>),
		};
		const verify = createVerifier({ ...byOne(sendIn(world).send), clock: testClock, rpcUrl, mayBeLocal: false, required: usuallyRequired });
		const result = await verify(async (work) => await readBadgeFile(bytesOf(vector), work));
		const isEthereum = transaction?.chainId !== undefined;
		expect(verdictsOf(result)).toMatchObject({
			format: 'holds',
			hash: offline.hashMatches ? 'holds' : 'fails',
			path: 'holds',
			...(offline.hashMatches && { coverage: 'holds' }),
			anchor: isEthereum ? 'holds' : offline.anchor.includes('mocknet') ? 'notProven' : 'notChecked',
			issuer: isEthereum ? 'holds' : 'notChecked',
		});
		expect(result.notCovered).toEqual(offline.unmapped);
		expect(result.outcome).toBe(!offline.hashMatches ? 'altered' : isEthereum ? 'genuine' : 'unverifiable');
	});
});
