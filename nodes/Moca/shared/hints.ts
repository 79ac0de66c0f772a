import { documentedCatalogs } from '../../../lib/moca/catalog/address';
import type { MocaHints } from '../../../lib/moca/hints';
import { slowDownInN8n } from '../../form/options';

/** Where in n8n people change what Moca's hints name. */
export const hintsInN8n: MocaHints = {
	slowDownHint: slowDownInN8n,
	apiAddress: 'Check the environment and the API Base URL in the Moca credential.',
	catalogAddress:
		'The catalog’s address is a setting of its own: choose the environment Custom, in the Moca credential or, without one, in this node, and enter the Catalog Base URL. ' +
		documentedCatalogs,
	catalogNowhere:
		'Try again later. If it stays so, ask Moca where the catalog is now; then choose the environment Custom, in the Moca credential or, without one, in this node, and enter that address as Catalog Base URL.',
	keyTest: 'The Moca credential’s test tells more.',
};

/** What to enter for a catalog of one's own. */
export const ownCatalogAddress = `With the environment Custom, the catalog’s address has to be entered: fill in Catalog Base URL, in the Moca credential or, without one, in this node. ${documentedCatalogs}`;

/** What to enter for an environment of one's own. */
export const ownApiAddress =
	'In the Moca credential, enter the API Base URL, such as https://api.example.com/v1, or choose another environment.';
