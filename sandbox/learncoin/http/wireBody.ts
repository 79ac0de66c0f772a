import type { LearnCoinSettings } from '../settings';

type WireBody<T> = { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } & {
	[Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined> | null;
};

/** Members without a value are left out or null, as the settings say (docs/api/learncoin.md 3.2). */
export function wireBody<T extends object>(body: T, { absentFields }: Pick<LearnCoinSettings, 'absentFields'>): WireBody<T> {
	const members = Object.entries(body) as Array<[string, unknown]>;
	const sent =
		absentFields === 'omitted'
			? members.filter(([, value]) => value !== undefined)
			: members.map(([name, value]) => [name, value === undefined ? null : value]);
	return Object.fromEntries(sent) as WireBody<T>;
}
