/** Which credentials were issued in earlier runs. */
export interface Ledger {
	/** Enters the marks. Resolves with those that weren't in it yet. */
	claim(marks: string[]): Promise<Set<string>>;
	/** Takes marks out: what they stand for was not issued after all. */
	release(marks: string[]): Promise<void>;
	/** What to do when nobody knows whether a batch came about, whose marks then stay; in whole sentences. */
	whenUnclear: string;
}
