import type { LearnCoinPlaces } from '../../lib/learncoin/places';
import type { MocaPlaces } from '../../lib/moca/places';

/** Places as a program around the libraries might name them. */
export const mocaPlaces: MocaPlaces = {
	slower: 'Go slower.',
	apiAddress: 'Check the address of the API.',
	catalogAddress: 'Check the Catalog Base URL.',
	keyTest: 'Test the key.',
};

export const learnCoinPlaces: LearnCoinPlaces = {
	inAccount: 'in the account',
	address: 'Check the Base URL.',
	slower: 'Go slower.',
	usage: 'See what is left.',
	batchSize: 'Make smaller batches.',
};
