const units = [
	{ name: 'year', ms: 365.25 * 24 * 3_600_000 },
	{ name: 'day', ms: 24 * 3_600_000 },
	{ name: 'hour', ms: 3_600_000 },
	{ name: 'minute', ms: 60_000 },
	{ name: 'second', ms: 1000 },
];

/** A span of time in one rounded unit, as people say it: “12 minutes”. Units change at two of the next larger one. */
export function inWordsOfTime(spanMs: number): string {
	const span = Math.abs(spanMs);
	const { name, ms } = units.find((unit) => span >= 2 * unit.ms) ?? units.at(-1)!;
	const count = Math.round(span / ms);
	return `${count} ${name}${count === 1 ? '' : 's'}`;
}
