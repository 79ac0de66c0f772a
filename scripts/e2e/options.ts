import { n8nLine } from '../../n8n/install/lines';

export interface TestRun {
	/** The line of n8n that the tests run in. */
	line: string;
	/** What is left for Jest: files, and options of its own. */
	jest: string[];
}

/**
 * What people do most, and what is most likely to break by another n8n: loading, the list of learners, the error branch, forms in the editor, a
 * delivery by webhook, the partner's JWKS, batches. As Jest takes them: parts of the tests' paths.
 */
export const essential = ['moca-bulk-issue', 'moca-forms', 'moca-jwks', 'learncoin-trigger.test', 'outcomes'];

/**
 * Takes the options off that Jest doesn't know.
 *
 * @param given what stands behind `npm run test:e2e --`
 * @throws FixableError when there is no such line
 */
export function readOptions(given: string[]): TestRun {
	const jest: string[] = [];
	let wanted: string | undefined;
	const left = [...given];
	for (let option = left.shift(); option !== undefined; option = left.shift()) {
		if (option === '--n8n') wanted = left.shift() ?? '';
		else if (option.startsWith('--n8n=')) wanted = option.slice('--n8n='.length);
		else if (option === '--essential') jest.push(...essential);
		else jest.push(option);
	}
	return { line: n8nLine(wanted).name, jest };
}
