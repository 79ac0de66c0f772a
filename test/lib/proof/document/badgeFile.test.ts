import fc from 'fast-check';

import { readBadgeFile as readFile } from '../../../../lib/proof/document/badgeFile';
import {
	deepest,
	mostText,
	mostValues,
	readJsonText as readText,
	readJsonValue as readValue,
} from '../../../../lib/proof/document/boundedJson';
import { hostileText, hostileValue } from '../../../support/hostile';
import { alone } from '../../../support/proof/alone';
import { cpuMsUntil, linearCpuMs } from '../../../support/timing';

const readBadgeFile = (file: Uint8Array) => readFile(file, alone);
const readJsonText = (text: string) => readText(text, alone);
const readJsonValue = (value: unknown) => readValue(value, alone);

const badge = { id: 'urn:uuid:1', name: 'Erste Hilfe – “é” 😀' };
const bytes = (text: string) => Buffer.from(text);

/** A chunk, without a right checksum, which nobody looks at: the proof is what tells whether anything was changed. */
function chunk(type: string, data: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	return Buffer.concat([length, bytes(type), data, Buffer.alloc(4)]);
}
const text = (keyword: string, content: string, isCompressed = 0) =>
	chunk('iTXt', Buffer.concat([bytes(keyword), Buffer.from([0, isCompressed, 0]), bytes('\0\0'), bytes(content)]));
const png = (...chunks: Buffer[]) =>
	Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', Buffer.alloc(13)),
		...chunks,
		chunk('IEND', Buffer.alloc(0)),
	]);
const svg = (inner: string, start = '') => bytes(`${start}<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">${inner}</svg>`);
const element = (content: string) => `<openbadges:credential>${content}</openbadges:credential>`;

const whyNot = async (file: Buffer): Promise<string> => {
	const reading = await readBadgeFile(file);
	return reading.ok ? 'It was read' : reading.why;
};

describe('a badge is read', () => {
	it.each([
		['from JSON', bytes(JSON.stringify(badge))],
		['from JSON with a byte order mark and blanks before it', bytes(`\ufeff \n${JSON.stringify(badge, null, 2)}`)],
		['from a PNG', png(chunk('IDAT', Buffer.alloc(5_000)), text('openbadgecredential', JSON.stringify(badge)))],
		['from an SVG', svg(element(`<![CDATA[${JSON.stringify(badge)}]]>`), '<?xml version="1.0"?>\n<!-- a badge -->')],
		['from an SVG that writes quotes as XML does', svg(element(JSON.stringify(badge).replaceAll('"', '&quot;')))],
	])('%s', async (_, file) => {
		expect(await readBadgeFile(file)).toEqual({ ok: true, document: badge });
	});
});

describe('a file without a badge says what it is', () => {
	it.each([
		['an empty file', bytes(''), 'empty'],
		['a PNG that is only a picture', png(), 'The PNG holds no badge'],
		['a PNG of Open Badges 2', png(text('openbadges', '{}')), 'Open Badges 2'],
		['a PNG whose badge is compressed', png(text('openbadgecredential', '{}', 1)), 'compressed'],
		['a PNG with two badges', png(text('openbadgecredential', '{}'), text('openbadgecredential', '{}')), 'more than one'],
		['a PNG that is cut off', png(text('openbadgecredential', JSON.stringify(badge))).subarray(0, 60), 'cut off'],
		['a PNG with a JWT', png(text('openbadgecredential', 'eyJhbGciOiJFUzI1NiJ9.eyJ2YyI6e319.c2ln')), 'JWT'],
		['a PNG with a text of another keyword', png(text('openbadgecredentials', '{}')), 'The PNG holds no badge'],
		['a PNG with a text that has no keyword', png(chunk('iTXt', Buffer.alloc(1_000_000, 65))), 'The PNG holds no badge'],
		[
			'a PNG of hundreds of thousands of parts',
			png(Buffer.concat(Array<Buffer>(400_000).fill(chunk('iTXt', bytes(''))))),
			'The PNG holds no badge',
		],
		['an SVG that is only a picture', svg('<path/>'), 'The SVG holds no badge'],
		['an SVG with two badges', svg(element('{}') + element('{}')), 'more than one'],
		['an SVG that is cut off', bytes('<svg><openbadges:credential><![CDATA[{"id"'), 'cut off'],
		['an SVG with a JWT', svg('<openbadges:credential verify="eyJhbGciOiJFUzI1NiJ9.e30.c2ln"></openbadges:credential>'), 'JWT'],
		['an SVG of nothing but signs as XML writes them', svg(element('&lt;'.repeat(60_000))), 'too many signs'],
		['a web page', bytes('<!doctype html><html></html>'), 'web page'],
		['a JWT', bytes('eyJhbGciOiJFUzI1NiJ9.eyJ2YyI6e319.c2ln'), 'JWT'],
		['JSON that is cut off', bytes(JSON.stringify(badge).slice(0, 20)), 'not JSON'],
		['a list', bytes('[]'), 'not an object'],
		['more than 5 MB', Buffer.alloc(5 * 1024 * 1024 + 1, 32), '5 MB'],
	])('%s', async (_, file, words) => {
		expect(await whyNot(file)).toContain(words);
	});
});

describe('what is too much is refused, most of it before it is parsed', () => {
	const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
	const many = (values: number) => `{"a":[${Array(values).fill('1').join(',')}]}`;
	const read = async (text: string) => {
		const [asText, asValue] = [await readJsonText(text), await readJsonValue(JSON.parse(text))];
		expect(asText.ok).toBe(asValue.ok);
		return asText.ok ? 'read' : asText.why;
	};

	it('by its depth', async () => {
		expect(await read(nested(deepest - 1))).toBe('read');
		expect(await read(nested(deepest + 1))).toContain('levels deep');
		expect(await readJsonText(nested(500_000))).toMatchObject({ ok: false, why: expect.stringContaining('levels deep') as string });
	});

	it('by the number of values', async () => {
		expect(await read(many(mostValues - 2))).toBe('read');
		expect(await read(many(mostValues + 1))).toContain('values');
	});

	it('but not by what stands in texts', async () => {
		expect(await read(JSON.stringify({ a: '[{,"\\'.repeat(40_000) }))).toBe('read');
	});

	it('by how much text there is, names included, but for pictures that are written as one', async () => {
		expect(await read(JSON.stringify({ a: 'x'.repeat(mostText - 1) }))).toBe('read');
		expect(await read(JSON.stringify({ a: 'x'.repeat(mostText) }))).toContain('characters');
		expect(await read(JSON.stringify({ ['x'.repeat(mostText + 1)]: '' }))).toContain('characters');
		expect(await read(JSON.stringify({ image: `data:image/png;base64,${'x'.repeat(4_000_000)}` }))).toBe('read');
		expect(await read(JSON.stringify({ image: `data:image/svg+xml,${'<g/>'.repeat(100_000)}` }))).toContain('characters');
	});
});

it('whatever the bytes, there is a reading, and soon', async () => {
	const start = fc.constantFrom(Buffer.alloc(0), png().subarray(0, 8), bytes('<svg '), bytes('<openbadges:credential'), bytes('{"'));
	await fc.assert(
		fc.asyncProperty(start, hostileText, fc.uint8Array({ maxLength: 200 }), hostileValue, async (before, middle, after, value) => {
			const cpuMs = await cpuMsUntil(async () => {
				expect(typeof (await readBadgeFile(Buffer.concat([before, bytes(middle), after]))).ok).toBe('boolean');
				expect(typeof (await readJsonValue(value)).ok).toBe('boolean');
			});
			expect(cpuMs).toBeLessThan(linearCpuMs);
		}),
		{ numRuns: 80, endOnFailure: true },
	);
});
