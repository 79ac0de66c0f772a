/** How hints name the places where the program around this library lets people change something; each in whole sentences but the first. */
export interface LearnCoinHints {
	/** Where the API key is kept, as the end of a sentence: “in the LearnCoin credential”. */
	inAccount: string;
	/** Where the API's address is set. */
	address: string;
	/** How to send fewer requests. */
	slowDownHint: string;
	/** Where to see how much of the month's limit is left. */
	usage: string;
	/** How to put fewer credentials into a batch. */
	batchSize: string;
}
