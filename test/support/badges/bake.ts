/**
 * Badges as pictures, as Open Badges 3.0 bakes them (“Baked Badge” in its specification): LearnCoin documents none, other issuers give them.
 */
import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const header = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]));
const pixel = chunk('IDAT', deflateSync(Buffer.from([0, 0x0c, 0x5a, 0xa6])));
const end = chunk('IEND', Buffer.alloc(0));

interface PngText {
	/** Default: the one of Open Badges 3.0; Open Badges 2 had `openbadges`. */
	keyword?: string;
	/** Compressed text is allowed in PNG, and not in badges. Default: as it is. */
	compressed?: boolean;
}

/** A picture of one pixel that carries a text, a credential's JSON or anything else; without a text, one that carries none. */
export function bakePng(text: string | undefined, { keyword = 'openbadgecredential', compressed = false }: PngText = {}): Buffer {
	if (text === undefined) return Buffer.concat([signature, header, pixel, end]);
	const bytes = Buffer.from(text);
	// Behind the keyword: whether compressed, how, then language and translated keyword, both empty.
	const head = Buffer.concat([Buffer.from(keyword, 'latin1'), Buffer.from([0, compressed ? 1 : 0, 0, 0, 0])]);
	return Buffer.concat([signature, header, chunk('iTXt', Buffer.concat([head, compressed ? deflateSync(bytes) : bytes])), pixel, end]);
}

/** A chunk of a PNG: length, type, data, and the CRC of type and data. */
function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
}

const namespace = 'https://purl.imsglobal.org/ob/v3p0';

/**
 * A drawing that carries a credential: with its proof inside, as CDATA in the element; as a JWT, in the element's attribute.
 * @param more how the element is written otherwise: its prefix, and whether the text is escaped instead of CDATA
 */
export function bakeSvg(credential: { json: string } | { jwt: string }, more: { prefix?: string; escaped?: boolean } = {}): string {
	const { prefix = 'openbadges', escaped = false } = more;
	const name = `${prefix}:credential`;
	const element =
		'jwt' in credential
			? `<${name} verify="${credential.jwt}"></${name}>`
			: `<${name}>\n${escaped ? escape(credential.json) : cdata(credential.json)}\n</${name}>`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:${prefix}="${namespace}" viewBox="0 0 10 10">
${element}
<circle cx="5" cy="5" r="4"/>
</svg>
`;
}

/** Its own end can't stand in it, so such a text goes on in the next one. */
const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
