import type { IExecuteFunctions } from 'n8n-workflow';

import type { ClockFinding } from '../../../lib/http/types';
import type { Run } from '../../../lib/items/run';
import type { RecipientEmail } from '../../../lib/moca/issuing/checks';
import { createMocaClient, type MocaClient } from '../../../lib/moca/issuing/client';
import { createConfirmations, type Confirmations } from '../../../lib/moca/issuing/confirmations';
import { apiBaseUrlOf } from '../../../lib/moca/partner/environments';
import { clockDiffers, setTheClock } from '../../../lib/moca/partner/refusedSignature';
import { createServiceTime, type ServiceTime } from '../../../lib/moca/partner/serviceTime';
import { createSigning } from '../../../lib/moca/partner/signing';
import { readPartnerSettings, type PartnerSettings } from '../../../lib/moca/partner/settings';
import { perCredential } from '../../../lib/n8n/perCredential';
import { n8nTransport } from '../../../lib/n8n/transport';
import { hintsInN8n, ownApiAddress } from './hints';

export const partnerCredential = 'mocaPartnerApi';

/** What a Moca node gets from the n8n credential of an item. */
export interface PartnerAccess {
	client: MocaClient;
	/** Has signed what will soon be sent for this recipient. */
	signAhead(recipient: RecipientEmail): void;
	/** For what this run issues at this address. */
	confirmations: Confirmations;
	/** As entered, unchecked. */
	issuerDid: string;
	/** Where the catalog is, unchecked: it has an address of its own. */
	catalog: Pick<PartnerSettings, 'environment' | 'catalogBaseUrl'>;
}

/** Access for each item, by the n8n credential as it is for it. */
export function partnerAccess(
	context: IExecuteFunctions,
	{ sender, options, clock, stop }: Run,
): (index: number) => Promise<PartnerAccess> {
	// What one service's answers tell of the clock and of its chain says nothing of another's, and a later run finds out anew.
	const services = new Map<string, { time: ServiceTime; confirmations: Confirmations }>();
	const serviceAt = (address: string) => {
		const service = services.get(address) ?? {
			time: createServiceTime(clock, (finding) => warn(context, finding)),
			confirmations: createConfirmations({ ...options, clock, stop }),
		};
		services.set(address, service);
		return service;
	};
	return perCredential(context, partnerCredential, (data) => {
		const settings = readPartnerSettings(data);
		const apiBaseUrl = apiBaseUrlOf(settings, ownApiAddress);
		const { time, confirmations } = serviceAt(apiBaseUrl);
		const signing = createSigning(settings, time, clock);
		const transport = signing.through(n8nTransport(context, partnerCredential, data, options.timeoutMs));
		const client = createMocaClient(sender.through(transport, signing.prepare), apiBaseUrl, hintsInN8n);
		return { client, signAhead: signing.ahead, confirmations, issuerDid: settings.issuerDid, catalog: settings };
	});
}

/** The run goes well, so nobody would look for it; but what else this machine does by its clock is wrong. */
const warn = (context: IExecuteFunctions, finding: ClockFinding): void =>
	context.logger.warn(`${context.getNode().name}: ${clockDiffers(finding)}, so its tokens are signed by Moca’s. ${setTheClock}`);
