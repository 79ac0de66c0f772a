import { ECDH } from 'node:crypto';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58 } from '@scure/base';

import { attempt } from '../../values/attempt';
import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';

/**
 * The address that belongs to a key (secp256k1), by which chains know who sent a transaction: the last 20 bytes of the Keccak-256 of its point.
 *
 * @param method an entry of a document of keys, in any of the forms in use
 * @returns `0x` and 40 hex digits in lower case; undefined for another kind of key, or one that can't be read
 */
export function addressOf(method: JsonObject): string | undefined {
	const written = [method.ethereumAddress, method.blockchainAccountId].find((value) => typeof value === 'string') as string | undefined;
	const address = /(?:^|:)(0x[0-9a-f]{40})$/i.exec(written ?? '')?.[1];
	if (address) return address.toLowerCase();
	const point = attempt(() => pointOf(method));
	return point && `0x${Buffer.from(keccak_256(point)).subarray(-20).toString('hex')}`;
}

/** The 64 bytes of a point, without the mark that it is uncompressed. @throws for what is no point of the curve */
function pointOf({ publicKeyJwk, publicKeyMultibase, publicKeyHex }: JsonObject): Uint8Array | undefined {
	const key = fromJwk(publicKeyJwk) ?? fromMultibase(publicKeyMultibase) ?? fromHex(publicKeyHex);
	if (!key) return undefined;
	return Uint8Array.from(ECDH.convertKey(key, 'secp256k1', undefined, undefined, 'uncompressed') as Buffer).subarray(1);
}

function fromJwk(jwk: unknown): Uint8Array | undefined {
	if (!isJsonObject(jwk) || !/^(secp256k1|P-256K)$/.test(textOf(jwk.crv)) || typeof jwk.x !== 'string' || typeof jwk.y !== 'string')
		return undefined;
	return Buffer.concat([Buffer.from([4]), Buffer.from(jwk.x, 'base64url'), Buffer.from(jwk.y, 'base64url')]);
}

/** By the number before the key, a varint: e7 01 is a compressed secp256k1 key. */
function fromMultibase(text: unknown): Uint8Array | undefined {
	if (typeof text !== 'string' || !text.startsWith('z') || text.length > 200) return undefined;
	const bytes = base58.decode(text.slice(1));
	return bytes[0] === 0xe7 && bytes[1] === 0x01 ? bytes.subarray(2) : undefined;
}

const fromHex = (text: unknown): Uint8Array | undefined =>
	typeof text === 'string' && /^(0x)?[0-9a-f]{66,130}$/i.test(text) ? Buffer.from(text.replace(/^0x/i, ''), 'hex') : undefined;
