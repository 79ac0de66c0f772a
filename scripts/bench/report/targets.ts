/** What was to be reached, as a figure of this run. */
export interface Target {
	what: string;
	wanted: string;
	found: string;
	holds: boolean;
}

export const atMost = (what: string, value: number, most: number, unit: string): Target => ({
	what,
	wanted: `at most ${most} ${unit}`,
	found: `${value < 10 ? value.toPrecision(4) : value.toFixed(0)} ${unit}`,
	holds: value <= most,
});

export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
