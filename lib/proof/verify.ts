import pLimit from 'p-limit';

import type { Clock, Send } from '../http/types';
import { isJsonObject, type JsonObject } from '../values/json';
import { createBreather, type Work } from './breather';
import { checkAnchor, type AnchorInfo } from './chain/anchor';
import { readJsonValue, type Reading } from './document/boundedJson';
import { checkIssuer } from './issuer/issuer';
import { createLookup } from './lookup';
import { checkOffline, type Offline } from './offline';
import { checkExpiry } from './state/expiry';
import { checkStatus, type Told } from './state/status';
import { idOf } from './state/statusList';
import { conclude, type Conclusion, type Findings, type StepName } from './verdict';

export interface VerifierSetup {
	/** To the RPC URL. */
	send: Send;
	/** To addresses that documents name: it has to bound how much it reads and how long it waits, and must not follow redirects. */
	sendToStrangers: Send;
	clock: Clock;
	/** Of a node of the chain that badges are anchored on; without it, no transaction is looked up. */
	rpcUrl?: string | undefined;
	/** Documents may name addresses on this machine: for trying out. */
	mayBeLocal: boolean;
	/** What has to hold for a badge to be valid. */
	required: readonly StepName[];
}

/** What is known of a badge. Whatever is read out of the document is as true as the steps say. */
export interface Verified extends Conclusion {
	/** Ways through the document to what its proof doesn't cover: `issuanceDate`, `credentialSubject.name`. */
	notCovered: string[];
	documentId: string | null;
	issuer: { id: string | null; name: string | null };
	recipient: { id: string | null; name: string | null };
	achievement: { id: string | null; name: string | null };
	anchor: AnchorInfo | null;
	issuedAt: string | null;
	expiresAt: string | null;
}

/** Asks the service that issued a badge. */
export type Ask = (document: JsonObject) => Promise<Told>;

/**
 * @param read begins when it is the badge's turn
 * @param ask where somebody wants that
 */
export type Verify = (read: (work: Work) => Promise<Reading>, ask?: Ask) => Promise<Verified>;

/**
 * Checks badges by their own proof (MerkleProof2019), as many as there are, one after another where it takes the processor: what they share, such
 * as a transaction or an issuer's keys, is looked up once.
 *
 * A badge that can't be read, or a proof that can't be checked, is a verdict too; nothing is thrown for it. SendingStopped passes through.
 */
export function createVerifier({ send, sendToStrangers, clock, rpcUrl, mayBeLocal, required }: VerifierSetup): Verify {
	const newWork = createBreather(clock);
	const lookup = createLookup(send, sendToStrangers, mayBeLocal);

	const checkList = async (list: JsonObject) => {
		if (checkExpiry(list, [], clock.now()).finding.means === 'expired') return 'ended';
		const work = newWork();
		if (!(await readJsonValue(list, work)).ok) return 'unknown';
		const { findings, notCovered } = await oneAtATime(() => checkOffline(list, work));
		if (findings.hash?.means || findings.path?.means) return 'wrong';
		const covers = !notCovered.some((path) => path.startsWith('credentialSubject'));
		return findings.hash?.verdict === 'holds' && covers ? 'right' : 'unknown';
	};

	return async (read, ask) => {
		const first = await oneAtATime(async () => {
			const work = newWork();
			await work.piece();
			const reading = await read(work);
			return reading.ok ? { document: reading.document, ...(await checkOffline(reading.document, work)) } : reading.why;
		});
		if (typeof first === 'string') return unread(first, required);
		const { document, proof, notCovered } = first;
		const told = ask && (await ask(document));
		const status = await checkStatus(document, told, lookup, checkList);
		const { finding: expiry, ...dates } = checkExpiry(document, notCovered, clock.now());
		const findings: Findings = { ...afterErasure(first, told), expiry, status };
		let anchor: AnchorInfo | undefined;
		if (proof) {
			const { finding, info, transaction } = await checkAnchor(proof.value, lookup, rpcUrl);
			const claimed = { issuerId: idOf(document.issuer), verificationMethod: proof.verificationMethod, sender: transaction?.sender };
			findings.anchor = finding;
			findings.issuer = await checkIssuer(claimed, lookup, clock.now());
			anchor = info;
		}
		// Who names a list has to be found on it, whatever else is required.
		const needed: readonly StepName[] = document.credentialStatus === undefined ? required : [...required, 'status'];
		return { ...conclude(findings, needed), notCovered, ...contentOf(document), anchor: anchor ?? null, ...dates };
	};
}

/** The learner's name is among what is hashed: without it, the rest isn't altered (docs/api/learncoin.md 12, no. 17). */
function afterErasure({ findings }: Offline, told: Told | undefined): Findings {
	if (findings.hash?.means !== 'altered' || !told?.known || !told.erased) return findings;
	const reason =
		'Its hash is another one than its proof was made for. LearnCoin says that personal data was erased: the name may have been taken out of this copy.';
	return { ...findings, hash: { verdict: 'notProven', reason } };
}

function unread(why: string, required: readonly StepName[]): Verified {
	const findings: Findings = { format: { verdict: 'fails', reason: why } };
	return { ...conclude(findings, required), notCovered: [], ...contentOf({}), anchor: null, issuedAt: null, expiresAt: null };
}

function contentOf(document: JsonObject): Pick<Verified, 'documentId' | 'issuer' | 'recipient' | 'achievement'> {
	const subject = [document.credentialSubject].flat().find(isJsonObject) ?? {};
	const achievement = [subject.achievement].flat().find(isJsonObject) ?? {};
	const issuer = isJsonObject(document.issuer) ? document.issuer : {};
	return {
		documentId: shown(document.id),
		issuer: { id: shown(idOf(document.issuer)), name: shown(issuer.name) },
		recipient: { id: shown(subject.id), name: shown(subject.name) },
		achievement: { id: shown(achievement.id), name: shown(achievement.name) },
	};
}

/** Of all executions in this n8n: they share the one thread, and no more than one file has to be in memory. */
const oneAtATime = pLimit(1);

/** A picture may stand where a name should. */
const longestShown = 1_000;

const shown = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, longestShown) : null);
