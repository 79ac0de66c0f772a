declare const checked: unique symbol;
/** A value that went through its check, so that nothing unchecked can be sent. */
export type Checked<Value, Kind extends string> = Value & { readonly [checked]: Kind };
