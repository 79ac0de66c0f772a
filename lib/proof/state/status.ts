import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';
import type { Lookup } from '../lookup';
import type { Finding } from '../verdict';
import { checkListed, idOf, type CheckList } from './statusList';

/** What the service that issued a badge says of it, where it was asked. */
export type Told =
	| { known: true; revoked: boolean; erased: boolean }
	/** Why it says nothing, as a sentence. */
	| { known: false; why: string };

const listTypes = ['BitstringStatusListEntry', 'StatusList2021Entry'];

/** More lists than one or two name nobody's state. */
const mostLists = 5;

const tooMany: Finding = {
	verdict: 'notProven',
	reason: `It names more than ${mostLists} lists of revoked badges; the others were not asked.`,
};

/** Whether a badge was revoked: by the lists that it names, and by what its service says. */
export async function checkStatus(document: JsonObject, told: Told | undefined, lookup: Lookup, checkList: CheckList): Promise<Finding> {
	const entries = [document.credentialStatus ?? []].flat();
	const asked = entries.slice(0, mostLists);
	const listed = await Promise.all(asked.map((entry) => checkEntry(entry, idOf(document.issuer), lookup, checkList)));
	const findings = [...listed, ...(asked.length < entries.length ? [tooMany] : []), ...(told ? [byService(told)] : [])];
	const worst = (['fails', 'notProven', 'partly', 'holds'] as const).flatMap((verdict) =>
		findings.filter((one) => one.verdict === verdict),
	)[0];
	return (
		worst ?? {
			verdict: 'notChecked',
			reason: 'It names no list of revoked badges, and its issuer was not asked: it may have been revoked.',
		}
	);
}

async function checkEntry(entry: unknown, issuerId: string | undefined, lookup: Lookup, checkList: CheckList): Promise<Finding> {
	if (isJsonObject(entry) && [entry.type].flat().some((type) => listTypes.includes(textOf(type)))) {
		return await checkListed(entry, issuerId, lookup, checkList);
	}
	return { verdict: 'notProven', reason: 'It names a way to ask whether it was revoked that is not known here.' };
}

function byService(told: Told): Finding {
	if (!told.known) return { verdict: 'notProven', reason: told.why };
	if (told.revoked) return { verdict: 'fails', reason: 'LearnCoin says that it was revoked.', means: 'revoked' };
	const erased = told.erased ? ' Its personal data was erased, which does not end it.' : '';
	return { verdict: 'holds', reason: `LearnCoin says that it was not revoked.${erased}` };
}
