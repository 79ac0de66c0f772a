import { decode } from 'cborg';
import fc from 'fast-check';
import { cbor, type CborValue } from '../../../../sandbox/learncoin/proofs/cbor';
import { proofValue } from '../../../../sandbox/learncoin/proofs/proofValue';
import { readProof } from '../../../support/badges/checkProof';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const step = fc.oneof(fc.record({ left: hash }), fc.record({ right: hash }));
const proof = fc.record({
	targetHash: hash,
	merkleRoot: hash,
	path: fc.array(step, { maxLength: 9 }),
	network: fc.constantFrom('base-sepolia' as const, 'base-mainnet' as const),
	transaction: hash.map((bytes) => `0x${hex(bytes)}`),
});
const encoding = fc.record({
	proofHashes: fc.constantFrom('text' as const, 'bytes' as const),
	proofValueForm: fc.constantFrom('multibase' as const, 'base58' as const),
	anchorChain: fc.constantFrom('base' as const, 'newNumber' as const, 'chainId' as const, 'ethereumNumber' as const, 'ethereum' as const),
});

it('says the same in every form', () => {
	fc.assert(
		fc.property(proof, encoding, (given, form) => {
			const { merkleRoot, targetHash, path, anchor } = readProof(proofValue(given, form));
			expect({ merkleRoot, targetHash, path, transaction: anchor[2] }).toEqual({
				merkleRoot: hex(given.merkleRoot),
				targetHash: hex(given.targetHash),
				path: given.path.map((one) => ('left' in one ? { left: hex(one.left) } : { right: hex(one.right) })),
				// Bytes have no 0x.
				transaction: form.proofHashes === 'text' ? given.transaction : given.transaction.slice(2),
			});
		}),
	);
});

const some = { targetHash: Buffer.alloc(32, 1), merkleRoot: Buffer.alloc(32, 2), path: [], transaction: `0x${'03'.repeat(32)}` };

it('begins with a z in multibase alone', () => {
	const form = (proofValueForm: 'multibase' | 'base58') =>
		proofValue({ ...some, network: 'base-sepolia' }, { proofHashes: 'text', proofValueForm, anchorChain: 'base' });
	expect(form('multibase')).toBe(`z${form('base58')}`);
});

it.each([
	['base', ['base', 'sepolia'], ['base', 'mainnet']],
	['newNumber', [3, 84_532], [3, 8_453]],
	['chainId', [84_532, 84_532], [8_453, 8_453]],
	['ethereumNumber', [1, 84_532], [1, 8_453]],
	['ethereum', [1, 11_155_111], [1, 1]],
] as const)('names its chain as the setting %s has it', (anchorChain, test, live) => {
	const codes = (network: 'base-sepolia' | 'base-mainnet') =>
		readProof(proofValue({ ...some, network }, { proofHashes: 'text', proofValueForm: 'multibase', anchorChain })).anchor.slice(0, 2);
	expect([codes('base-sepolia'), codes('base-mainnet')]).toEqual([test, live]);
});

it('has no transaction on a mocknet', () => {
	const value = proofValue(
		{ ...some, network: 'base-sepolia' },
		{ proofHashes: 'text', proofValueForm: 'multibase', anchorChain: 'mocknet' },
	);
	expect(readProof(value).anchor).toEqual([-1, expect.stringContaining('testing only')]);
});

it('is written in CBOR that its reader takes back as it was', () => {
	const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small' },
			fc.integer({ min: -70_000, max: 2 ** 31 }),
			fc.string({ unit: 'grapheme', maxLength: 400 }),
			fc.uint8Array({ maxLength: 70_000 }),
			fc.array(tie('value')),
		),
	}));
	fc.assert(fc.property(value, (given) => expect(decode(cbor(given), { strict: true })).toEqual(given)));
});
