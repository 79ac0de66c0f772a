import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import type { Run } from '../../../lib/items/run';
import { createMocaClient, type MocaClient } from '../../../lib/moca/issuing/client';
import { apiBaseUrlOf } from '../../../lib/moca/partner/environments';
import { readPartnerSettings, type PartnerSettings } from '../../../lib/moca/partner/settings';
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

/**
 * Access with the n8n credential as it is for each item: its fields may be expressions, so items can differ. Items with the same values share
 * one client.
 */
export function partnerAccess(context: IExecuteFunctions, { sender, options }: Run): (index: number) => Promise<PartnerAccess> {
	const known = new Map<string, PartnerAccess>();
	return async (index) => {
		const data = await context.getCredentials(partnerCredential, index);
		const id = JSON.stringify(data);
		const access = known.get(id) ?? createAccess(context, data, sender, options.timeoutMs);
		known.set(id, access);
		return access;
	};
}

function createAccess(
	context: IExecuteFunctions,
	data: ICredentialDataDecryptedObject,
	sender: Run['sender'],
	timeoutMs: number,
): PartnerAccess {
	const settings = readPartnerSettings(data);
	const send = sender.through(n8nTransport(context, partnerCredential, data, timeoutMs));
	return {
		client: createMocaClient(send, apiBaseUrlOf(settings, ownApiAddress), hintsInN8n),
		issuerDid: settings.issuerDid,
		catalog: settings,
	};
}
