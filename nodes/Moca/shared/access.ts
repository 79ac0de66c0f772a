import type { IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../../lib/items/run';
import { createMocaClient, type MocaClient } from '../../../lib/moca/issuing/client';
import { apiBaseUrlOf } from '../../../lib/moca/partner/environments';
import { readPartnerSettings, type PartnerSettings } from '../../../lib/moca/partner/settings';
import { perCredential } from '../../../lib/n8n/perCredential';
import { n8nTransport } from '../../../lib/n8n/transport';
import { hintsInN8n, ownApiAddress } from './hints';

export const partnerCredential = 'mocaPartnerApi';

/** What a Moca node gets from the n8n credential of an item; the key stays with the credential, which signs. */
export interface PartnerAccess {
	client: MocaClient;
	/** As entered, unchecked. */
	issuerDid: string;
	/** Where the catalog is, unchecked: it has an address of its own. */
	catalog: Pick<PartnerSettings, 'environment' | 'catalogBaseUrl'>;
}

/** Access for each item, by the n8n credential as it is for it. */
export const partnerAccess = (context: IExecuteFunctions, { sender, options }: Run): ((index: number) => Promise<PartnerAccess>) =>
	perCredential(context, partnerCredential, (data) => {
		const settings = readPartnerSettings(data);
		const send = sender.through(n8nTransport(context, partnerCredential, data, options.timeoutMs));
		const client = createMocaClient(send, apiBaseUrlOf(settings, ownApiAddress), hintsInN8n);
		return { client, issuerDid: settings.issuerDid, catalog: settings };
	});
