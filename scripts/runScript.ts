import { explain } from '../n8n/errors';

/** Runs a script's main function. What it throws is told in as few words as it allows, and ends the script with status 1. */
export function runScript(main: () => Promise<void>): void {
	main().catch((error: unknown) => {
		console.error(explain(error));
		process.exit(1);
	});
}
