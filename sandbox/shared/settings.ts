import { z } from 'zod';

/**
 * What another process may send to change some of these settings: `null` takes an optional one away again, what isn't a
 * setting is refused.
 * @param settings declares each setting once: every member has a default or is optional
 */
export function patchSchemaOf<Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>): z.ZodType<Record<string, unknown>> {
	const members = Object.entries(shape).map(([name, member]) => [name, member instanceof z.ZodOptional ? member.nullable() : member]);
	return z
		.object(Object.fromEntries(members) as z.ZodRawShape)
		.partial()
		.strict();
}

/** Changes live settings in place. @param patch as {@link patchSchemaOf} lets it through */
export function patchSettings(settings: object, patch: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) Reflect.deleteProperty(settings, name);
		else Reflect.set(settings, name, value);
	}
}
