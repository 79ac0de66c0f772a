/** How hints name the places where the program around this library lets people change something; each in whole sentences. */
export interface MocaHints {
	/** How to send fewer requests. */
	slowDownHint: string;
	/** Where the address of the API is set. */
	apiAddress: string;
	/** Where the address of the catalog is set. */
	catalogAddress: string;
	/** What to do when the catalog is at none of the documented addresses. */
	catalogNowhere: string;
	/** Where the partner's key and its settings can be tested. */
	keyTest: string;
}
