import type { IExecuteFunctions } from 'n8n-workflow';

import type { ClockFinding } from '../../../lib/http/types';
import type { Run } from '../../../lib/items/run';
import { createMocaClient, type MocaClient } from '../../../lib/moca/issuing/client';
import { apiBaseUrlOf } from '../../../lib/moca/partner/environments';
import { clockDiffers, setTheClock } from '../../../lib/moca/partner/refusedSignature';
import { createServiceTime, type ServiceTime } from '../../../lib/moca/partner/serviceTime';
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
export function partnerAccess(context: IExecuteFunctions, { sender, options, clock }: Run): (index: number) => Promise<PartnerAccess> {
	// What one service's answers tell of the clock says nothing of another's, and a later run finds out anew.
	const times = new Map<string, ServiceTime>();
	const timeAt = (address: string): ServiceTime => {
		const time = times.get(address) ?? createServiceTime(clock, (finding) => warn(context, finding));
		times.set(address, time);
		return time;
	};
	return perCredential(context, partnerCredential, (data) => {
		const settings = readPartnerSettings(data);
		const apiBaseUrl = apiBaseUrlOf(settings, ownApiAddress);
		const transport = n8nTransport(context, partnerCredential, data, options.timeoutMs);
		const client = createMocaClient(sender.through(timeAt(apiBaseUrl).through(transport)), apiBaseUrl, hintsInN8n);
		return { client, issuerDid: settings.issuerDid, catalog: settings };
	});
}

/** The run goes well, so nobody would look for it; but what else this machine does by its clock is wrong. */
const warn = (context: IExecuteFunctions, finding: ClockFinding): void =>
	context.logger.warn(`${context.getNode().name}: ${clockDiffers(finding)}, so its tokens are signed by Moca’s. ${setTheClock}`);
