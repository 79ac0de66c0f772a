import type { Clock } from '../../http/types';

/**
 * What other processes are told of a learner whose turn it is, before anything is sent. A claim says that somebody was about to issue, never that
 * anything was issued: LearnCoin alone knows that. But as long as LearnCoin doesn't tell who is in an open batch, it is by the claims that another
 * process knows for whom to wait. They may get lost, so those of an accepted batch are entered until they stay.
 */
export interface Claims {
	/** Enters the marks. Resolves with those that were in it before; with all of them where that can't be told. Never rejects. */
	claim(marks: readonly string[]): Promise<Set<string>>;
	/** Takes marks out: what they stand for was surely not issued. Never rejects. */
	release(marks: readonly string[]): Promise<void>;
	/** They were accepted in this batch. Enters them again, because another process may have overwritten them meanwhile. Never rejects. */
	accepted(marks: readonly string[], batchId: string): Promise<void>;
	/** Takes out the marks of those batches of which LearnCoin tells by itself who is in them. Never rejects. */
	dropTold(isTold: (batchId: string) => boolean): Promise<void>;
}

/**
 * Looks, some time after the marks were entered, whether they are still there, and enters them once more where they aren't: another process that
 * was changing the store at that moment wrote it back without them. Once they have stayed, nobody is left who read the store before. Never rejects.
 *
 * @param withinMs whoever sees the batch trusts the claims from then on
 * @param isTold whether LearnCoin tells by itself who is in the batch, so that nobody needs the claims any more
 */
export async function keepEntered(
	{ claim }: Claims,
	marks: readonly string[],
	{ clock, withinMs, isTold }: { clock: Clock; withinMs: number; isTold: () => boolean },
): Promise<void> {
	for (let looks = 0; looks < mostLooks; looks++) {
		await clock.sleep(withinMs / 4);
		if (isTold()) return;
		const stayed = await claim(marks);
		if (marks.every((mark) => stayed.has(mark))) return;
	}
}

const mostLooks = 12;
