import { inflateSync } from 'node:zlib';
import { bakePng, bakeSvg } from './bake';

const json = JSON.stringify({ name: 'Größe <&> ]]> 🎓' });

/** The chunks of a PNG, by their names. */
function chunksOf(png: Buffer): Array<[string, Buffer]> {
	const chunks: Array<[string, Buffer]> = [];
	for (let at = 8; at < png.length;) {
		const length = png.readUInt32BE(at);
		chunks.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
		at += length + 12;
	}
	return chunks;
}

it('a baked PNG has the credential as text before its pixels', () => {
	const chunks = chunksOf(bakePng(json));
	expect(chunks.map(([type]) => type)).toEqual(['IHDR', 'iTXt', 'IDAT', 'IEND']);
	expect(chunks[1]![1].toString()).toBe(`openbadgecredential\0\0\0\0\0${json}`);
	expect(chunksOf(bakePng(undefined)).map(([type]) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
});

it('a baked PNG may have it compressed, under another keyword', () => {
	const [, [, text]] = chunksOf(bakePng(json, { keyword: 'openbadges', compressed: true })) as [unknown, [string, Buffer]];
	expect(text.subarray(0, 15).toString('latin1')).toBe('openbadges\0\u0001\0\0\0');
	expect(inflateSync(text.subarray(15)).toString()).toBe(json);
});

it.each([{}, { prefix: 'ob' }, { escaped: true }])('a baked SVG has the credential in its element: %j', (form) => {
	const { prefix = 'openbadges' } = form as { prefix?: string };
	const svg = bakeSvg({ json }, form);
	expect(svg).toContain(`xmlns:${prefix}="https://purl.imsglobal.org/ob/v3p0"`);
	const [, inside = ''] = new RegExp(`<${prefix}:credential>([\\s\\S]*)</${prefix}:credential>`).exec(svg) ?? [];
	const text = inside
		.trim()
		.replace(/<!\[CDATA\[([\s\S]*?)\]\]>|&lt;|&gt;|&amp;/g, (found, data?: string) => data ?? { '&lt;': '<', '&gt;': '>' }[found] ?? '&');
	expect(text).toBe(json);
});

it('a baked SVG has a JWT in the attribute', () => {
	expect(bakeSvg({ jwt: 'a.b.c' })).toContain('<openbadges:credential verify="a.b.c"></openbadges:credential>');
});
