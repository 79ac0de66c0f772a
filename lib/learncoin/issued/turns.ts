/** Runs work under names: what shares a name runs one after another, in this process. */
export type InTurn = <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>;

export function createTurns(): InTurn {
	const busy = new Map<string, Promise<unknown>>();
	return async (names, work) => {
		// All names are taken at once, so nobody waits for a name while keeping another.
		for (let holder = holderOf(names); holder; holder = holderOf(names)) await holder;
		const current = work();
		const settled = current.then(
			() => {},
			() => {},
		);
		for (const name of names) busy.set(name, settled);
		try {
			return await current;
		} finally {
			for (const name of names) if (busy.get(name) === settled) busy.delete(name);
		}
	};

	function holderOf(names: readonly string[]): Promise<unknown> | undefined {
		for (const name of names) if (busy.has(name)) return busy.get(name);
		return undefined;
	}
}
