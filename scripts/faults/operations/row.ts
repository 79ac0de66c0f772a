/** One input row, as a learning platform gives it; whatever else an operation needs stands beside the name. */
export interface Row {
	name: string;
	/** How this execution is to be run, which the nodes' options read by expressions. */
	how?: HowToRun;
	[field: string]: unknown;
}

export interface HowToRun {
	/** Attempts of the node itself after the first. */
	maxRetries: number;
	/** Milliseconds for one request. */
	timeout: number;
	/** Learners in a batch, where there are batches. */
	batchSize: number;
	/** How many days after today this execution plays. */
	daysLater: number;
}
