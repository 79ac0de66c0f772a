import { asSentence, ExplainedFailure, type Explanation } from './explained';
import { readRequestId, readServiceMessage } from './readAnswer';
import { isTransient } from './retry';
import { ConnectionFailure, type Answer, type HttpRequest, type Send } from './types';

/** Why an answer isn't a success, and what to do about it. */
export interface Cause {
	/** As a clause after a colon: “Moca refused the data”. */
	problem: string;
	/** In whole sentences. */
	hint: string;
}

/** How failures of one call are told. */
export interface CallDescription {
	/** The service as the subject of a sentence: “Moca”, “the catalog”. */
	service: string;
	/** What was being done, as the start of a sentence: “Issuing to ada@example.com”. */
	action: string;
	/** What doing it again means, in whole sentences. */
	retryHint: string;
	/** Where to look when the service isn't found at its address, in whole sentences. */
	addressHint: string;
	/** How to send fewer requests, in whole sentences. */
	slowDownHint: string;
	/** What this service means by an answer; `undefined` leaves it to what every service means by it. */
	causeOf(answer: Answer, said: { message?: string; code?: string }): Cause | undefined;
}

/** How a call ended. */
interface Ending {
	/** What was accepted didn't fail, though nobody can tell what came of it. */
	wasAccepted?: boolean;
	mayHaveBeenDone?: boolean | undefined;
}

/** A call that did not work. What happened is kept apart from whom it concerned, because one call may concern many. */
export class CallFailure extends ExplainedFailure {
	override name = 'CallFailure';

	constructor(
		readonly action: string,
		readonly problem: string,
		details: Partial<Explanation> & Pick<Explanation, 'hint'>,
		private readonly ending: Ending = {},
	) {
		super(`${action} ${ending.wasAccepted ? 'ended unclear' : 'did not work'}: ${problem}`, details);
	}

	/** Whether an attempt may have done the work all the same; the last answer alone doesn't tell. */
	get mayHaveBeenDone(): boolean {
		return this.ending.mayHaveBeenDone === true;
	}

	/** The same, told of something else that was being done with the same call. */
	of(action: string): CallFailure {
		return new CallFailure(action, this.problem, this.details, this.ending);
	}

	/** The same, with something more to know, in whole sentences. */
	adding(more: string): CallFailure {
		const hint = [this.details.hint, more].filter(Boolean).join(' ');
		return new CallFailure(this.action, this.problem, { ...this.details, hint }, this.ending);
	}
}

export const isCallFailure = (error: unknown, httpStatus: number): error is CallFailure =>
	error instanceof CallFailure && error.details.httpStatus === httpStatus;

/** Sends; whatever the answer's status, it comes back. @throws CallFailure when no whole answer came; SendingStopped passes through */
export const sendExplained = async (send: Send, request: HttpRequest, description: CallDescription): Promise<Answer> =>
	await send(request).catch((error: unknown) =>
		Promise.reject(error instanceof ConnectionFailure ? explainSilence(error, description) : error),
	);

/** @throws CallFailure unless the answer is a success */
export function successful(answer: Answer, description: CallDescription): Answer {
	if (answer.status >= 200 && answer.status <= 299) return answer;
	throw explainRefusal(answer, description);
}

/** Why an answer other than success came, in words for the person who can do something about it. */
export function explainRefusal(answer: Answer, description: CallDescription): CallFailure {
	const said = readServiceMessage(answer);
	const { problem, hint } = description.causeOf(answer, said) ?? generalCause(answer, description);
	return new CallFailure(
		description.action,
		said.message ? `${asSentence(problem)} ${quoted(description.service, said.message)}` : problem,
		{
			...factsOf(answer),
			code: said.code ?? null,
			retryable: isTransient(answer),
			hint,
		},
		{ mayHaveBeenDone: answer.mayHaveBeenDone },
	);
}

/** What the service says, as a sentence. */
export const quoted = (service: string, message: string): string => `${capitalised(service)} says: ${asSentence(message)}`;

/** What an answer means whoever gives it (RFC 9110). */
function generalCause({ status, attempts }: Answer, { service, retryHint, addressHint, slowDownHint }: CallDescription): Cause {
	const asked = attempts === 1 ? 'asked once' : `asked ${attempts} times`;
	if (status === 429) return { problem: `${service} asked to slow down (${asked})`, hint: `${slowDownHint} ${retryHint}` };
	if (status >= 500 || status === 408) return { problem: `${service} could not answer now (HTTP ${status}, ${asked})`, hint: retryHint };
	if (status >= 300 && status < 400) return { problem: `the address points elsewhere (HTTP ${status})`, hint: addressHint };
	return { problem: `${service} answered with HTTP ${status}`, hint: `Check what is sent. ${addressHint}` };
}

/** No whole answer came, however often it was tried. */
function explainSilence({ code, attempts, neverSent, mayHaveBeenDone }: ConnectionFailure, description: CallDescription): CallFailure {
	const { service, action, retryHint, addressHint } = description;
	const problem = neverSent ? `${service} could not be reached` : `no whole answer came from ${service}`;
	const hint = neverSent ? `Check this machine’s network. ${addressHint} ${retryHint}` : retryHint;
	const details = { code, attempts, retryable: true, hint };
	return new CallFailure(action, `${problem}${attempts > 1 ? ` in ${attempts} attempts` : ''}`, details, { mayHaveBeenDone });
}

/**
 * Success by its status, but not the documented body.
 *
 * @param what what is wrong with it, as a clause: “it has no coreClaimHash”
 */
export function explainUnreadable(
	answer: Answer,
	{ service, action, retryHint, addressHint }: CallDescription,
	what = 'it is cut off, or not as documented',
): CallFailure {
	// A page for people, where an API answers: a proxy in between, or another server.
	const hint = answer.text.trimStart().startsWith('<') ? `${retryHint} If it stays so: ${addressHint}` : retryHint;
	const details = { ...factsOf(answer), code: 'unreadable_answer', retryable: true, hint };
	return new CallFailure(action, `${service} accepted the request, but its answer could not be read: ${what}`, details, {
		wasAccepted: true,
		mayHaveBeenDone: true,
	});
}

const factsOf = (answer: Answer) => ({ httpStatus: answer.status, requestId: readRequestId(answer), attempts: answer.attempts });

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
