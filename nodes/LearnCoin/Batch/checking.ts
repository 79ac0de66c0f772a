import type { PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
import { findIssued } from '../../../lib/learncoin/issued/findIssued';
import type { IssuedBatch } from './issuing';
import type { CreateRequest } from './sending';

/**
 * What sending this batch would come to, as far as it can be told without: nothing is sent. Who has it already is asked where sending would ask.
 *
 * @throws CallFailure; SendingStopped
 */
export async function checkBatch(planned: PlannedBatch<CreateRequest>): Promise<IssuedBatch> {
	const { entries } = planned;
	const { client, history, avoidDuplicates } = entries[0]!;
	const checked = { planned, sent: [], ready: new Set(entries), mayBeSent: new Set<CreateRequest>() };
	if (avoidDuplicates !== 'ledger') return checked;
	await history.refresh(client);
	const issued: IssuedBatch & typeof checked = { ...checked, known: new Map(), unreadable: new Map() };
	const anyUntold = history.untold().length > 0;
	await Promise.all(
		entries.map(async (entry) => {
			const finding = await findIssued(history.of(entry.credential.recipient.id), entry.credential, client);
			if (finding.state === 'issued') issued.known!.set(entry, finding.credential);
			if (finding.state === 'unreadable') issued.unreadable!.set(entry, finding.credential);
			if (finding.state === 'untold' || (finding.state === 'none' && anyUntold)) issued.mayBeSent.add(entry);
		}),
	);
	return issued;
}
