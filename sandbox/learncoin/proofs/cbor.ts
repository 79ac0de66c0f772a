/** What a proof is made of. Numbers are whole. */
export type CborValue = number | string | Uint8Array | CborValue[];

/**
 * CBOR (RFC 8949), the four kinds that a proof takes. Written out here because the library with the shortest code, cborg, can't be loaded
 * by CommonJS, which is what tsx makes of the sandbox; the tests read these bytes with it.
 */
export function cbor(value: CborValue): Buffer {
	if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
	if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
	if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
	return Buffer.concat([head(2, value.length), value]);
}

/** The kind in three bits, then a number in as few bytes as it takes. */
function head(kind: number, number: number): Buffer {
	if (number < 24) return Buffer.from([(kind << 5) | number]);
	const bytes = number < 2 ** 8 ? 1 : number < 2 ** 16 ? 2 : 4;
	const rest = Buffer.alloc(bytes);
	rest.writeUIntBE(number, 0, bytes);
	return Buffer.concat([Buffer.from([(kind << 5) | (24 + Math.log2(bytes))]), rest]);
}
