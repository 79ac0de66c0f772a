import { z } from 'zod';
import { patchSchemaOf, patchSettings } from '../../../sandbox/shared/settings';

const schema = z.object({ pauseMs: z.number().default(10), names: z.array(z.string()).default(['a']), limit: z.number().optional() });
const patchSchema = patchSchemaOf(schema);

it('a patch changes what it names and nothing else', () => {
	const settings = { ...schema.parse({}), pauseMs: 20 };
	patchSettings(settings, patchSchema.parse({ limit: 3 }));
	expect(settings).toEqual({ pauseMs: 20, names: ['a'], limit: 3 });
});

it('null takes an optional setting away', () => {
	const settings = schema.parse({ limit: 3 });
	patchSettings(settings, patchSchema.parse({ limit: null }));
	expect(settings).not.toHaveProperty('limit');
});

it.each([
	['null for a setting that has a default', { pauseMs: null }],
	['a value that does not fit', { names: 'a' }],
	['what is no setting', { colour: 'red' }],
])('a patch with %s is refused', (_case, patch) => {
	expect(patchSchema.safeParse(patch).success).toBe(false);
});

it('two sandboxes share no list of a default', () => {
	schema.parse({}).names.push('b');
	expect(schema.parse({}).names).toEqual(['a']);
});
