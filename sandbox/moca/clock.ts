import type { MocaSettings } from './settings';

/** Moca's time, milliseconds since the epoch. */
export const mocaTime = ({ clockAheadSeconds }: MocaSettings): number => Date.now() + clockAheadSeconds * 1000;

/** The headers that tell a time; an empty `date` stands for none. */
export const timeHeaders = (settings: MocaSettings): Record<string, string> => ({
	date: settings.dateHeader ?? new Date(mocaTime(settings)).toUTCString(),
	...(settings.ageHeader !== undefined && { age: settings.ageHeader }),
});
