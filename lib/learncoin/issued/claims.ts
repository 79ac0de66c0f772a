/**
 * What other processes are told of a learner whose turn it is, before anything is sent. A claim says that somebody was about to issue, never that
 * anything was issued: LearnCoin alone knows that. Claims may get lost; each one that does costs a look, not a credential.
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
