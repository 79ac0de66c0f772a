import { kindOf, shorten } from './texts';

/** A number as it is sent, or why a value isn't one: `why` ends a sentence that starts with the field, `hint` says what to do. */
export type ParsedNumber = { ok: true; value: number } | { ok: false; why: string; hint: string };

const hint = 'Write it with digits and a point, such as 92.5, without a sign for thousands, a unit or a percent sign.';
/** More digits than any number has that can be sent. */
const longestNumber = 400;
const wholeHint = 'Write it with digits alone, such as 92.';

/**
 * Reads a number in the forms that learning platforms and spreadsheets give, where the form leaves only one reading: `92`, `92.50`, `92,5`,
 * `1,234.5` and `1.234,5`. `1,234` and `1.234` as text could each be about one or over a thousand, so they are refused.
 */
export function parseNumber(value: unknown): ParsedNumber {
	if (typeof value === 'number') return Number.isFinite(value) ? exactly(value, String(value)) : no(`is ${value}, not a number`);
	if (typeof value !== 'string') return no(`is ${kindOf(value)}, not a number`);
	const text = value.trim();
	const plain = text.length > longestNumber ? undefined : withPoint(text);
	if (plain === undefined)
		return no(isTwofold(text) ? `“${text}” can be read in two ways: ${bothReadings(text)}` : `is “${shorten(text, 40)}”, not a number`);
	const number = Number(plain);
	if (number === 0 && /[1-9]/.test(plain.replace(exponent, ''))) return no(`is ${kindOf(text)}, a number too small to be sent exactly`);
	return exactly(number, kindOf(text));
}

/** Beyond 2^53 not every whole number has a form of its own, and beyond 1e308 JSON has none at all. JSON knows no -0 either. */
const exactly = (value: number, written: string): ParsedNumber =>
	!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))
		? no(`is ${written}, a number too large to be sent exactly`)
		: { ok: true, value: value === 0 ? 0 : value };

/** Like {@link parseNumber}, for whole numbers: `92` and `92.00`, but not `92.5`. */
export function parseInteger(value: unknown): ParsedNumber {
	const parsed = parseNumber(value);
	if (!parsed.ok) return { ...parsed, why: parsed.why.replace(/not a number$/, 'not a whole number'), hint: wholeHint };
	if (Number.isSafeInteger(parsed.value)) return parsed;
	return {
		ok: false,
		why: `is ${String(parsed.value)}, not a whole number`,
		hint: 'Round it first, such as with Math.round( … ) in an expression.',
	};
}

const sign = '[+-]?';
const exponent = /e[+-]?\d+$/i;
const point = new RegExp(`^${sign}(\\d+(\\.\\d+)?|\\.\\d+)(e[+-]?\\d+)?$`, 'i');
const decimalComma = new RegExp(`^${sign}\\d+,\\d+$`);
const thousandsCommas = new RegExp(`^${sign}[1-9]\\d{0,2}(,\\d{3})+\\.\\d+$|^${sign}[1-9]\\d{0,2}(,\\d{3}){2,}$`);
const thousandsPoints = new RegExp(`^${sign}[1-9]\\d{0,2}(\\.\\d{3})+,\\d+$|^${sign}[1-9]\\d{0,2}(\\.\\d{3}){2,}$`);
/** One separator with three digits after it, as both a decimal point and a sign for thousands would have. */
const twofold = new RegExp(`^${sign}[1-9]\\d{0,2}[.,]\\d{3}$`);

const isTwofold = (text: string) => twofold.test(text);

function withPoint(text: string): string | undefined {
	if (isTwofold(text)) return undefined;
	if (point.test(text)) return text;
	if (decimalComma.test(text)) return text.replace(',', '.');
	if (thousandsCommas.test(text)) return text.replaceAll(',', '');
	if (thousandsPoints.test(text)) return text.replaceAll('.', '').replace(',', '.');
	return undefined;
}

const bothReadings = (text: string) => `${text.replace(/[.,]/, '')} and ${Number(text.replace(',', '.'))}`;

const no = (why: string): ParsedNumber => ({ ok: false, why, hint });
