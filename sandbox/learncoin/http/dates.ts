import { isRealDate } from '../../shared/dates';
import type { LearnCoinSettings } from '../settings';

const forms = {
	utcDateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
	anyIso8601: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/,
};

/** Whether a text is a date as LearnCoin takes it: documented is UTC alone (docs/api/learncoin.md 3.1). */
export function isDate(text: string, form: LearnCoinSettings['dates'] = 'utcDateTime'): boolean {
	return forms[form].test(text) && isRealDate(text);
}
