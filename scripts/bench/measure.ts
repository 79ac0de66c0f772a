/** One line of the result: a ratio, and what it is to be compared with. */
export interface Measure {
	what: string;
	ratio: number;
	/** The ratio that must not be passed; absent where it is only told. */
	atMost?: number;
	/** The figures that it was made from. */
	from: string;
}
