import { findUnsendable } from '../../../lib/values/sendable';
import { linearCpuMs, cpuMsOf } from '../../support/timing';

const half = '\ud83d';
const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

it.each(['Ada 😀', 'نور\u200f', 'a\0b', '', 7, null, undefined, [], { a: [{ b: '\u202e' }] }, { at: new Date() }])(
	'%p can be sent',
	(value) => expect(findUnsendable(value)).toBeUndefined(),
);

it.each<[unknown, string]>([
	[half, ''],
	['\ude00', ''],
	[{ recipient: { name: `Ada ${half}` } }, 'recipient.name'],
	[{ list: ['a', half] }, 'list.1'],
	[{ achievement: { [half]: 1 } }, 'achievement'],
])('%j holds half of a character, at “%s”', (value, path) =>
	expect(findUnsendable(value)).toMatchObject({ path, why: 'holds half of a character' }),
);

it('takes 100 levels, and no more', () => {
	expect(findUnsendable(nested(100))).toBeUndefined();
	expect(findUnsendable(nested(101))).toMatchObject({ why: 'is nested too deeply' });
	expect(findUnsendable(nested(100_000))).toMatchObject({ why: 'is nested too deeply' });
});

it('ends for what goes round in a circle', () => {
	const circle: Record<string, unknown> = { one: 1 };
	Object.assign(circle, { self: circle, again: circle });
	expect(findUnsendable(circle)).toMatchObject({ why: 'is nested too deeply' });
});

it('does not hold n8n up with a value of 1 MB', () => {
	const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, 'x']));
	expect(cpuMsOf(() => findUnsendable(wide))).toBeLessThan(linearCpuMs);
	expect(cpuMsOf(() => findUnsendable('x'.repeat(1_000_000)))).toBeLessThan(linearCpuMs);
	expect(cpuMsOf(() => findUnsendable({ ['k'.repeat(1_000_000)]: nested(1_000) }))).toBeLessThan(linearCpuMs);
});
