import type { FaultAnswer } from './faults';
import { pause } from './pause';

/** What an API route answers, before any fault. */
export interface ApiAnswer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}

/** What goes over the wire, or `drop` for a destroyed socket. */
export type WireAnswer = { status: number; headers: Record<string, string>; text: string } | 'drop';

/** The one piece of work a call asks for, and how its API words an error of a given status. */
interface Work {
	run(): Promise<ApiAnswer>;
	errorBody(status: number): unknown;
}

/** Does the work and turns its result into bytes, as the fault (if any) wants it. */
export async function answerOf(work: Work, fault: FaultAnswer | undefined, stopping: AbortSignal): Promise<WireAnswer> {
	switch (fault?.kind) {
		case undefined:
			return json(await work.run());
		case 'status':
			return json({ status: fault.status, body: fault.body ?? work.errorBody(fault.status), headers: fault.headers ?? {} });
		case 'html':
			return { status: fault.status, headers: { 'content-type': 'text/html; charset=utf-8' }, text: gatewayPage(fault.status) };
		case 'drop':
			if (fault.when === 'after') await work.run();
			await pause(fault.afterMs ?? 0, stopping);
			return 'drop';
		case 'slow': {
			const answer = await work.run();
			await pause(fault.delayMs, stopping);
			return json(answer);
		}
		case 'truncated':
			return cutInTheMiddle(json(await work.run()));
		case 'body':
			await work.run();
			return json({ status: fault.status, body: fault.body });
	}
}

type WrittenAnswer = Exclude<WireAnswer, 'drop'>;

function json({ status, body, headers }: ApiAnswer): WrittenAnswer {
	// 204 and an undefined body both mean: nothing after the headers.
	const text = body === undefined ? '' : JSON.stringify(body);
	return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, text };
}

function cutInTheMiddle(answer: WrittenAnswer): WrittenAnswer {
	return { ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)) };
}

function gatewayPage(status: number): string {
	const title = `${status} Service Temporarily Unavailable`;
	return `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n`;
}
