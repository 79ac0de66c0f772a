/** The last entries of a list that is in the order of time, the newest first. @param rows how many at most */
export function newestFirst<Entry>(all: Entry[], rows: number): Entry[] {
	return rows === 0 ? [] : all.slice(-rows).reverse();
}
