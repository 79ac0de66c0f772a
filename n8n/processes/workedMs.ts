import { readFile } from 'node:fs/promises';

/** What a process has worked so far, in ms of a processor; on Linux alone. */
export const workedMs = (pid: number): Promise<number> => readWorked(`/proc/${pid}/stat`);

/** The same of its main thread alone, in which JavaScript runs. */
export const mainThreadWorkedMs = (pid: number): Promise<number> => readWorked(`/proc/${pid}/task/${pid}/stat`);

/** User and system time are the 14th and 15th field, in hundredths of a second; the name in the second may hold blanks. */
async function readWorked(file: string): Promise<number> {
	const stat = await readFile(file, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}
