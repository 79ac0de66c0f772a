import type { LearnCoinHints } from '../../lib/learncoin/hints';
import type { MocaHints } from '../../lib/moca/hints';

/** Places as a program around the libraries might name them. */
export const mocaHints: MocaHints = {
	slowDownHint: 'Go slower.',
	apiAddress: 'Check the address of the API.',
	catalogAddress: 'Check the Catalog Base URL.',
	catalogNowhere: 'Ask where the catalog is.',
	keyTest: 'Test the key.',
};

export const learnCoinHints: LearnCoinHints = {
	inAccount: 'in the account',
	address: 'Check the Base URL.',
	slowDownHint: 'Go slower.',
	usage: 'See what is left.',
	batchSize: 'Make smaller batches.',
};
