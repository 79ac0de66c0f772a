import { table } from '../../docs/markdown';
import type { Share, Shares } from './shares';

const mostOwners = 12;
const mostFunctions = 12;

/** Who took the time and the memory, as two tables. */
export function sharesText({ cpu, heap, functions }: Shares): string {
	const worked = sum(cpu);
	const allocated = sum(heap);
	const allocatedBy = new Map(heap.map(({ owner, amount }) => [owner, amount]));
	const owners = table(
		['whose code', 'time', '', 'allocated', ''],
		cpu.slice(0, mostOwners).map(({ owner, amount }) => {
			const bytes = allocatedBy.get(owner) ?? 0;
			return [
				owner,
				`${(amount / 1000).toFixed(1)} s`,
				percent(amount, worked),
				`${(bytes / 1e6).toFixed(0)} MB`,
				percent(bytes, allocated),
			];
		}),
	);
	const top = table(
		['function', 'whose', 'time by itself'],
		functions.slice(0, mostFunctions).map(({ owner, name, amount }) => [`\`${name}\``, owner, `${(amount / 1000).toFixed(1)} s`]),
	);
	return `${owners}\n\n${top}`;
}

/** What these take together, of all. */
export const partOf = (shares: Share[], owners: readonly string[]): string =>
	percent(sum(shares.filter(({ owner }) => owners.includes(owner))), sum(shares));

const percent = (amount: number, whole: number): string => `${((100 * amount) / whole).toFixed(0)} %`;

const sum = (shares: Share[]): number => shares.reduce((all, { amount }) => all + amount, 0);
