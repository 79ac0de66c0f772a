import { shorten } from './texts';

/** A point in time as it is sent, or why a value isn't one: `why` ends a sentence that starts with the field, `hint` says what to do. */
export type ParsedDate =
	| {
			ok: true;
			/** UTC, ISO 8601, whole seconds unless the value had fractions: `2026-12-31T00:00:00Z`. */
			iso: string;
			/** False for a day alone, which stands for 00:00:00 UTC. */
			hasTime: boolean;
	  }
	| { ok: false; why: string; hint: string };

interface Day {
	year: number;
	month: number;
	day: number;
}

interface Time {
	/** Milliseconds since the day's 00:00 UTC; beyond the day where the zone moves it there. */
	ms: number;
}

/** No way of writing a date is longer; the patterns below take their time with what is. */
const longestDate = 200;

const isoHint = 'Write it as year-month-day, such as 2026-12-31, or with a time, such as 2026-12-31T17:00:00Z.';

/**
 * Reads a date in the forms that learning platforms and spreadsheets give, where the form leaves only one reading: ISO 8601, `2026-12-31 17:00:00`,
 * `31.12.2026`, `12/31/2026`, `31 Dec 2026`, `December 31, 2026`, Unix seconds and milliseconds, JS dates and Luxon's. A time without a zone
 * is taken as UTC. Dots always mean day first; with slashes and dashes the order shows only when one number is above 12.
 */
export function parseDate(value: unknown): ParsedDate {
	if (value === undefined || value === null) return no('is empty', isoHint);
	if (typeof value === 'number') return parseNumber(value, String(value));
	const text = typeof value === 'string' ? value : textOfObject(value);
	return text === undefined ? no('is not a date', isoHint) : parseText(text.trim());
}

/** JS dates have `toISOString`, Luxon's `toISO`; n8n's expressions give either. Both are absent or null for an impossible date. */
function textOfObject(value: unknown): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (typeof value !== 'object' || value === null || !('toISO' in value) || typeof value.toISO !== 'function') return undefined;
	const text: unknown = value.toISO();
	return typeof text === 'string' ? text : undefined;
}

function parseText(written: string): ParsedDate {
	if (written.length > longestDate) return no(`${quote(written)} is not a date that can be read for sure`, isoHint);
	const text = written.replace(/\s+/g, ' ');
	if (text === '') return no('is empty', isoHint);
	if (/^-?\d+(\.\d+)?$/.test(text)) return parseNumber(Number(text), text);
	const { dateText, timeText } = splitOffTime(text);
	const day = parseDay(dateText, text);
	if ('why' in day) return { ok: false, ...day };
	if (timeText === undefined) return yes(utcOf(day), false);
	const time = parseTime(timeText);
	return time ? yes(utcOf(day) + time.ms, true) : no(`${quote(text)} has a time that does not exist`, isoHint);
}

/** From this on, a number of seconds is later than the numbers of days that spreadsheets use, and than days written as 20261231. */
const earliestSeconds = 100_000_000;
/** 1973 in milliseconds, the year 5138 in seconds. */
const earliestMs = 100_000_000_000;
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59);

function parseNumber(value: number, text: string): ParsedDate {
	if (value === 0) return no('is 0, by which a learning platform says that there is no date', 'Leave the field empty for such items.');
	if (/^[12]\d{7}$/.test(text)) return parseText(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
	// From 1927 on, so that a year alone isn't taken for one.
	if (value >= 10_000 && value < 200_000) return no(`${quote(text)} looks like a spreadsheet’s number for ${serialDay(value)}`, serialHint);
	if (value >= earliestSeconds && value < earliestMs) return yes(Math.round(value * 1000), true);
	if (value >= earliestMs && value <= latestMs) return yes(Math.round(value), true);
	return no(`${quote(text)} is not a date`, isoHint);
}

const serialHint =
	'A spreadsheet counts days since 1900, some of them since 1904, so it can’t be taken for sure. Format the column as a date or as text (yyyy-mm-dd), and read it as shown.';

/** Excel's day 1 is 1 January 1900, and it has a 29 February 1900 that never was. */
const serialDay = (serial: number): string => inWords(dayOf(Date.UTC(1899, 11, 30) + Math.floor(serial) * dayMs));

const dayMs = 86_400_000;
const timePattern =
	/(?:[T\s,]+(?:at )?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(am|pm|a\.m\.|p\.m\.)?\s?(Z|(?:UTC|GMT)?(?:[+-]\d{2}(?::?\d{2})?)?)(?: \(.*\))?$/i;

function splitOffTime(text: string): { dateText: string; timeText?: RegExpExecArray } {
	const timeText = timePattern.exec(text);
	return timeText ? { dateText: text.slice(0, timeText.index), timeText } : { dateText: text.replace(/,$/, '') };
}

function parseTime([, hourText, minuteText, secondText = '0', fraction = '', half = '', zone = '']: RegExpExecArray): Time | undefined {
	const minute = Number(minuteText);
	const second = Number(secondText);
	const hour = hourOf(Number(hourText), half.toLowerCase().charAt(0));
	const offset = offsetMinutes(zone);
	if (hour === undefined || minute > 59 || second > 59 || offset === undefined) return undefined;
	return { ms: ((hour * 60 + minute - offset) * 60 + second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')) };
}

function hourOf(hour: number, half: string): number | undefined {
	if (half === '') return hour <= 23 ? hour : undefined;
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half === 'p' ? 12 : 0);
}

/** ISO 8601's offsets; everything without one is UTC. */
function offsetMinutes(zone: string): number | undefined {
	const match = /([+-])(\d{2}):?(\d{2})?$/.exec(zone);
	if (!match) return 0;
	const [, sign, hours, minutes = '0'] = match;
	if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

type DayOrWhy = Day | { why: string; hint: string };

function parseDay(text: string, whole: string): DayOrWhy {
	const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
	if (yearFirst) return existing(yearFirst[1]!, yearFirst[3]!, yearFirst[4]!, whole);
	const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text);
	if (yearLast) return parseYearLast(yearLast[1]!, yearLast[2]!, yearLast[3]!, yearLast[4]!, whole);
	if (/^\d{1,2}([-/.]| )(\d{1,2}|[a-z]{3,9})\1'?\d{2}$/i.test(text))
		return { why: `${quote(whole)} has a year of two digits`, hint: `Give the year in full. ${isoHint}` };
	return parseWithMonthName(text, whole) ?? { why: `${quote(whole)} is not a date that can be read for sure`, hint: isoHint };
}

function parseYearLast(first: string, separator: string, second: string, year: string, whole: string): DayOrWhy {
	const dayFirst = { year: Number(year), month: Number(second), day: Number(first) };
	const monthFirst = { year: Number(year), month: Number(first), day: Number(second) };
	// No country writes the month first with dots.
	if (separator === '.') return existing(year, second, first, whole);
	const readings = [dayFirst, monthFirst].filter(exists);
	if (readings.length === 2 && first !== second && Number(first) !== Number(second)) {
		return {
			why: `${quote(whole)} can be read in two ways, as ${inWords(dayFirst)} and as ${inWords(monthFirst)}`,
			hint: `Write it with the year first: ${isoDay(dayFirst)} or ${isoDay(monthFirst)}.`,
		};
	}
	return readings[0] ?? doesNotExist(whole);
}

const monthNames = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];
const weekday = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? )?';
const dayThenMonth = new RegExp(`^${weekday}(\\d{1,2})(?:st|nd|rd|th|\\.)?[ -]([a-z]{3,9})\\.?,?[ -](\\d{4})$`, 'i');
const monthThenDay = new RegExp(`^${weekday}([a-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})$`, 'i');

function parseWithMonthName(text: string, whole: string): DayOrWhy | undefined {
	const [, day, name, year] = dayThenMonth.exec(text) ?? swapped(monthThenDay.exec(text)) ?? [];
	const month = name === undefined ? -1 : monthNames.findIndex((full) => isNameOf(full, name));
	return day === undefined || year === undefined || month < 0 ? undefined : existing(year, String(month + 1), day, whole);
}

const swapped = (match: RegExpExecArray | null): string[] | undefined =>
	match?.[0] === undefined ? undefined : [match[0], match[2]!, match[1]!, match[3]!];

/** The full name, its first three letters, and “Sept”. */
const isNameOf = (full: string, name: string): boolean =>
	[full, full.slice(0, 3), ...(full === 'September' ? ['Sept'] : [])].some((form) => form.toLowerCase() === name.toLowerCase());

function existing(year: string, month: string, day: string, whole: string): DayOrWhy {
	const found = { year: Number(year), month: Number(month), day: Number(day) };
	return exists(found) ? found : doesNotExist(whole);
}

const doesNotExist = (whole: string) => ({ why: `${quote(whole)} is a day that does not exist`, hint: `Check day and month. ${isoHint}` });

const exists = (day: Day): boolean => day.year >= 1000 && isoDay(dayOf(utcOf(day))) === isoDay(day);

const utcOf = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day);

function dayOf(ms: number): Day {
	const date = new Date(ms);
	return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const isoDay = ({ year, month, day }: Day): string => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const inWords = ({ year, month, day }: Day): string => `${day} ${monthNames[month - 1] ?? ''} ${year}`;

const quote = (text: string): string => `“${shorten(text, 40)}”`;

const yes = (ms: number, hasTime: boolean): ParsedDate => ({ ok: true, iso: new Date(ms).toISOString().replace(/\.000Z$/, 'Z'), hasTime });

const no = (why: string, hint: string): ParsedDate => ({ ok: false, why, hint });
