import fc from 'fast-check';

/** What breaks readers, each to be repeated: patterns that look back, names that objects inherit, characters that aren't seen. */
const parts = [
	...['a', '1', '0', ' ', '\t', '\n', ',', '.', '-', '=', '@', '*', ':', '/', '+', '(', '"', '\\', '%'],
	...['a@', 'a.', '1,', '1.', '12:00 ', 'T', '=t', ',v1=', 'eyJ-', 'bearer ', 'live_', '-----BEGIN A-----', 'urn:uuid:', '={{ $json }}'],
	...['\0', '\u200f', '\u202e', '\ufeff', '\ud83d', '\ude00', '😀', 'é', '\u0315\u0300', '[', '{"a":', '<', '’'],
];
const words = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'id', 'name', 'course', '={{ $env }}', '=', ''];

/** Mostly short; some of up to 1 MB. */
const length = fc.oneof(
	{ weight: 6, arbitrary: fc.nat(50) },
	{ weight: 2, arbitrary: fc.integer({ min: 1_000, max: 60_000 }) },
	{ weight: 1, arbitrary: fc.constant(1_000_000) },
);

const repeated = fc
	.tuple(
		fc.constantFrom('', '=', 'x', '"', '2026-12-31', 't=1,'),
		fc.constantFrom(...parts),
		length,
		fc.constantFrom('', 'x', '!', '@example.com'),
	)
	.map(([start, part, size, end]) => start + part.repeat(Math.ceil(size / part.length)) + end);

export const hostileText = fc.oneof(repeated, fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 60 }), fc.string());

const hostileNumber = fc.oneof(
	fc.constantFrom(NaN, Infinity, -Infinity, -0, 2 ** 53, 2 ** 53 + 2, 1e21, -1e308, 5e-324),
	fc.double(),
	fc.integer(),
);

/** Told in words where it breaks a rule: written out, it would take fast-check down, and the rule's own error with it. */
const deep = fc.integer({ min: 1, max: 50_000 }).map((levels): unknown =>
	Object.defineProperty(JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`), fc.toStringMethod, {
		value: () => `${levels} levels of {"a":[…]}`,
	}),
);

const leaf = fc.oneof(hostileText, hostileNumber, fc.constantFrom(null, undefined, true, 10n ** 30n));
const name = fc.oneof(fc.constantFrom(...words, 'recipient', 'achievement', 'type', 'title', 'message', 'error', 'code'), fc.string());

/** As JSON gives it: `__proto__` is a name like any other. */
export const hostileObject: fc.Arbitrary<Record<string, unknown>> = fc
	.array(fc.tuple(name, fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(name, leaf, { maxKeys: 3 }), deep)), {
		maxLength: 6,
	})
	.map((entries) => Object.fromEntries(entries) as Record<string, unknown>);

export const hostileValue = fc.oneof(hostileText, hostileNumber, leaf, hostileObject, fc.array(leaf, { maxLength: 4 }), deep);
