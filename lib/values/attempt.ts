/** What `read` gives; `undefined` when it throws, for whatever reason. */
export function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
