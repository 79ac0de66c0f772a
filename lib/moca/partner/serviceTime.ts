import { clockDifference, type ClockDifference } from '../../http/dateHeader';
import type { Clock, ClockFinding, HttpRequest, HttpResponse, Transport } from '../../http/types';

/**
 * Clocks that are kept by the network differ by less than a second and `Date` adds one, so what is more isn't noise. And it is little enough:
 * verifiers of tokens commonly leave some seconds to a minute; what Moca leaves isn't documented (docs/api/moca.md 2.7).
 */
const toleranceMs = 5_000;

/**
 * A wrong time zone makes up to 14 hours, so a day is as far as a mistake goes that is worth making up for. A token for a time that is far
 * ahead would be good until then for whoever gets hold of it, and `Date` is only what somebody answers.
 */
const farthestMs = 24 * 3_600_000;

/** Under this name the difference travels to whoever signs, beside the recipient. */
const differenceMember = 'serviceAheadMs';

/** The time of one service, as far as this machine's clock is off: learned from its answers, kept for as long as this object. */
export interface ServiceTime {
	/** By how much the service's time is ahead of this machine's, in ms, negative when it is behind, as far as is known now. */
	aheadMs(): number;
	/**
	 * Has what passes through signed by the service's time, unless it says already by which it was signed, and tells with each answer what was
	 * found out about the clock.
	 */
	through(transport: Transport): Transport;
}

/** The request, saying by how much it is signed ahead of this machine's clock, in ms. */
export const signedFor = (request: HttpRequest, aheadMs: number): HttpRequest => ({
	...request,
	signFor: { ...request.signFor, [differenceMember]: String(aheadMs) },
});

/**
 * Tokens carry times, so they are wrong when this machine's clock is. An answer's `Date` tells the difference, and from then on tokens are
 * signed by the service's time.
 *
 * The `Date` may be that of a gateway with a clock of its own. So what the service accepts weighs more: if it refuses a token that was signed
 * by `Date`, and accepted one that wasn't, `Date` is not believed any more.
 *
 * @param tellOnce called when the first token is to be signed by another time than this machine's
 */
export function createServiceTime(clock: Pick<Clock, 'now'>, tellOnce?: (finding: ClockFinding) => void): ServiceTime {
	let tell = tellOnce;
	let inUse = 0;
	let accepted: number | undefined;
	let isBelieved = true;

	function learn(answer: HttpResponse, told: ClockDifference | undefined, used: number): void {
		const isRefused = answer.status === 401;
		if (answer.status >= 200 && answer.status < 300) accepted = used;
		if (isBelieved && told && isBeyond(told, used)) {
			const better = isBeyond(told, 0) ? told.least : 0;
			if (Math.abs(better) <= farthestMs) inUse = better;
		} else if (isRefused && used === inUse && accepted !== undefined && Math.abs(accepted - used) > toleranceMs) {
			isBelieved = false;
			inUse = accepted;
		}
	}

	return {
		aheadMs: () => inUse,
		through: (transport) => async (request) => {
			if (!request.signFor) return await transport(request);
			const used = Number(request.signFor[differenceMember] ?? inUse);
			const sentMs = clock.now();
			const answer = await transport(signedFor(request, used));
			const told = clockDifference(answer, sentMs, clock.now());
			learn(answer, told, used);
			const finding = told && isBelieved ? toFinding(told, used) : undefined;
			if (finding && inUse !== 0) tell = void tell?.(finding);
			return {
				...answer,
				...(finding && { clock: finding }),
				// Whichever request found it out: this one was signed by a time that is known to be wrong now.
				...(answer.status === 401 && Math.abs(inUse - used) > toleranceMs && { signAgain: true }),
			};
		},
	};
}

/**
 * The time to sign with.
 *
 * @param data what the signer was given with the request; without a difference, or with one that is no sensible number, it is `nowMs`
 * @param nowMs by this machine's clock, milliseconds since the epoch
 */
export function signingTimeMs(data: Readonly<Record<string, unknown>>, nowMs: number): number {
	const differenceMs = Number(data[differenceMember] ?? 0);
	return Math.abs(differenceMs) <= farthestMs ? nowMs + differenceMs : nowMs;
}

/** Whether the service's clock can't be where it was taken to be. */
const isBeyond = ({ least, most }: ClockDifference, usedMs: number): boolean => least > usedMs + toleranceMs || most < usedMs - toleranceMs;

function toFinding(told: ClockDifference, used: number): ClockFinding {
	const aheadMs = isBeyond(told, 0) ? -(told.least > 0 ? told.least : told.most) : 0;
	return { aheadMs, isMadeUpFor: aheadMs !== 0 && !isBeyond(told, used) };
}
