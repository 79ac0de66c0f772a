import { ECDH, generateKeyPairSync } from 'node:crypto';
import { keccak_256 } from '@noble/hashes/sha3.js';

/** The public half of a secp256k1 key in the forms that DID documents have, and the address that follows from it. */
export interface Account {
	/** `0x` and 40 hex digits, in small letters. */
	address: string;
	jwk: { kty: 'EC'; crv: 'secp256k1'; x: string; y: string };
	/** 33 bytes. */
	compressedKey: Uint8Array;
}

/** A new account. Its private half is dropped at once: nobody asks this chain for signatures, and what isn't there can't leak. */
export function newAccount(): Account {
	const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
	const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string };
	return accountOf({ kty: 'EC', crv: 'secp256k1', x, y });
}

/** The address is the last 20 bytes of the key's keccak-256, which isn't Node's SHA3-256: Ethereum took it before the padding changed. */
export function accountOf(jwk: Account['jwk']): Account {
	const point = Buffer.concat([coordinate(jwk.x), coordinate(jwk.y)]);
	const uncompressed = Buffer.concat([Buffer.from([4]), point]);
	return {
		address: `0x${Buffer.from(keccak_256(point).slice(-20)).toString('hex')}`,
		jwk,
		compressedKey: new Uint8Array(ECDH.convertKey(uncompressed, 'secp256k1', undefined, undefined, 'compressed') as Buffer),
	};
}

/** 32 bytes, as the curve's coordinates are. */
function coordinate(base64url: string): Buffer {
	const bytes = Buffer.from(base64url, 'base64url');
	return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]);
}
