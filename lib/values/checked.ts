declare const checked: unique symbol;
/** A value that went through its check, so that nothing unchecked can be sent. */
export type Checked<Value, Kind extends string> = Value & { readonly [checked]: Kind };

/** For quoting what somebody entered. */
export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Text as it was entered, without blanks around it; '' for everything that isn't text or a number. */
export const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
