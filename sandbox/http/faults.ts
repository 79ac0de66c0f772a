import { z } from 'zod';

/** What a fault does to the call it hits. */
export type FaultAnswer =
	/** Nothing is done; this status is answered. Without a body: the API's documented error body. */
	| { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
	/** Nothing is done; a gateway's HTML page is answered. */
	| { kind: 'html'; status: number }
	/**
	 * The socket is destroyed, before or after the work was done. With `afterMs` the line is silent for so long first: a client that doesn't wait
	 * so long sees a time-out, and one that ends meanwhile has been ended at just this point.
	 */
	| { kind: 'drop'; when: 'before' | 'after'; afterMs?: number | undefined }
	/** The work is done at once, the normal answer comes `delayMs` late: a client that gives up has lost an answer, not a request. */
	| { kind: 'slow'; delayMs: number }
	/** The work is done; its JSON is cut in the middle. The content-length fits the cut text, so the HTTP itself is whole. */
	| { kind: 'truncated' }
	/** The work is done; this body is answered instead of the result. */
	| { kind: 'body'; status: number; body: unknown };

/** One rule: which calls go wrong, and how. */
export interface Fault {
	/** `moca.issue`, `moca.status` …, or `*` for every API route. */
	route: string;
	/** Only calls for this recipient, whatever the letter case. */
	recipientEmail?: string;
	/** The first matching call that is hit, counted from 1. Default 1. */
	fromCall?: number;
	/** How many calls are hit. Default 1. */
	times?: number;
	answer: FaultAnswer;
}

interface ActiveFault {
	fault: Fault;
	seen: number;
	hit: number;
}

/** The faults in force. When several fit one call, the one added first wins and the others wait for the next call. */
export class Faults {
	private active: ActiveFault[] = [];

	add(fault: Fault): void {
		this.active.push({ fault, seen: 0, hit: 0 });
	}

	clear(): void {
		this.active = [];
	}

	list(): Array<Fault & { hit: number }> {
		return this.active.map(({ fault, hit }) => ({ ...fault, hit }));
	}

	/** Counts this call against every matching fault and returns the answer of the one that hits it, if any. */
	take(route: string, recipientEmail: string | undefined): FaultAnswer | undefined {
		const matching = this.active.filter(({ fault }) => matches(fault, route, recipientEmail));
		for (const entry of matching) entry.seen += 1;
		const hitting = matching.find(({ fault, seen, hit }) => seen >= (fault.fromCall ?? 1) && hit < (fault.times ?? 1));
		if (!hitting) return undefined;
		hitting.hit += 1;
		return hitting.fault.answer;
	}
}

function matches(fault: Fault, route: string, recipientEmail: string | undefined): boolean {
	if (fault.route !== '*' && fault.route !== route) return false;
	return fault.recipientEmail === undefined || fault.recipientEmail.toLowerCase() === recipientEmail?.toLowerCase();
}

const httpStatus = z.number().int().min(200).max(599);

/** The JSON form of a {@link Fault}, for processes that drive the sandbox from outside. */
export const faultSchema = z
	.object({
		route: z.string().min(1),
		recipientEmail: z.string().optional(),
		fromCall: z.number().int().min(1).optional(),
		times: z.number().int().min(1).optional(),
		answer: z.discriminatedUnion('kind', [
			z.object({ kind: z.literal('status'), status: httpStatus, body: z.unknown(), headers: z.record(z.string()).optional() }).strict(),
			z.object({ kind: z.literal('html'), status: httpStatus }).strict(),
			z.object({ kind: z.literal('drop'), when: z.enum(['before', 'after']), afterMs: z.number().min(0).optional() }).strict(),
			z.object({ kind: z.literal('slow'), delayMs: z.number().min(0) }).strict(),
			z.object({ kind: z.literal('truncated') }).strict(),
			z.object({ kind: z.literal('body'), status: httpStatus, body: z.unknown() }).strict(),
		]),
	})
	.strict();
