import type { ClockFinding } from '../../http/types';
import { inWordsOfTime } from '../../values/durations';

/** What a 401 is most likely about. */
export type RefusedFor = 'clock' | 'time' | 'keyId' | 'key' | 'keyKind' | 'partner' | 'scope' | 'unknown';

/**
 * A 401 has several causes, and the wording isn't documented: the clock is known from the answer's `Date`, the others from what Moca's message
 * names, if it names anything. `clock` is a difference that was measured, `time` one that Moca's words alone speak of.
 */
export function refusedFor(said: string, clock: ClockFinding | undefined): RefusedFor {
	if (clock && clock.aheadMs !== 0 && !clock.isMadeUpFor) return 'clock';
	// Before the key ID, which such a message may name as well: there is a key under that ID, of another kind.
	if (/\balg(orithm)?\b/i.test(said)) return 'keyKind';
	if (/\bkid\b|key id|no (applicable|matching) key|unknown key/i.test(said)) return 'keyId';
	if (/signature/i.test(said)) return 'key';
	if (/expired|not yet|not active|in the future|clock|\b(iat|nbf|exp)\b/i.test(said)) return 'time';
	if (/partner/i.test(said) && !/x-partner-auth/i.test(said)) return 'partner';
	if (/scope/i.test(said)) return 'scope';
	return 'unknown';
}

/** How this machine's clock stands to Moca's, as a clause; undefined when they agree or nobody knows. */
export function clockDiffers(clock: ClockFinding | undefined): string | undefined {
	if (!clock || clock.aheadMs === 0) return undefined;
	return `this machine’s clock is ${inWordsOfTime(clock.aheadMs)} ${clock.aheadMs > 0 ? 'ahead of' : 'behind'} Moca’s`;
}

export const setTheClock = 'Set the clock of the machine that n8n runs on, and have it kept by the network (NTP).';

/** What is known of the clock when a signature was refused for something else, in whole sentences; '' when nobody could measure it. */
export function besidesTheClock(clock: ClockFinding | undefined): string {
	if (!clock) return '';
	const differs = clockDiffers(clock);
	return differs
		? `It is not the time: ${differs}, but the token was signed by Moca’s. ${setTheClock}`
		: 'It is not the time: this machine’s clock agrees with Moca’s.';
}
