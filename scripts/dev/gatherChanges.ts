/** An editor writes several files at "Save all", and some write one file twice. */
const quietMs = 50;

/** Gathers changed files until none has followed for a moment, and has them applied together; what changes meanwhile is applied next. */
export function gatherChanges(apply: (files: string[]) => Promise<void>): (file: string) => void {
	const waiting = new Set<string>();
	let timer: NodeJS.Timeout | undefined;
	let applying = false;

	async function applyAll(): Promise<void> {
		if (applying) return;
		applying = true;
		while (waiting.size > 0) {
			const files = [...waiting];
			waiting.clear();
			await apply(files);
		}
		applying = false;
	}

	return (file) => {
		waiting.add(file);
		clearTimeout(timer);
		timer = setTimeout(() => void applyAll(), quietMs);
	};
}
