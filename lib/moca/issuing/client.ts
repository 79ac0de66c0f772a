import { explainRefusal, explainUnreadable, quoted, sendExplained, successful, type CallDescription } from '../../http/explain';
import { readJsonObject, readServiceMessage } from '../../http/readAnswer';
import type { Answer, HttpRequest, Send } from '../../http/types';
import { isJsonObject, type JsonObject } from '../../values/json';
import type { MocaHints } from '../hints';
import type { ClaimHash, CredentialSubject, IssuerDid, ProgramId, RecipientEmail } from './checks';
import { describeCall } from './failures';

export type OnDuplicate = 'ignore' | 'revoke';

export interface IssueRequest {
	recipientEmail: RecipientEmail;
	issuerDid: IssuerDid;
	/** The issuance program; Moca's field for it is `credentialId`. */
	programId: ProgramId;
	subject: CredentialSubject;
	onDuplicate: OnDuplicate;
}

export type IssueResult =
	/** Accepted; with `ignore`, this may be the credential that the recipient had already (docs/api/moca.md 3.4). */
	| { kind: 'accepted'; coreClaimHash: ClaimHash; fields: JsonObject }
	/** 409, and Moca's words say that it is the duplicate. */
	| { kind: 'duplicate'; note: string }
	/** 409, whose words don't tell the two documented causes apart. */
	| { kind: 'unclear'; note: string };

export interface StatusResult {
	state: 'onChain' | 'waiting' | 'unknown';
	fields: JsonObject;
}

export interface MocaClient {
	/** @throws ExplainedFailure when it was refused, or when its outcome isn't known */
	issue(request: IssueRequest): Promise<IssueResult>;
	/** @throws ExplainedFailure, with `details.httpStatus` 404 for a hash that Moca doesn't know */
	status(coreClaimHash: ClaimHash, recipientEmail: RecipientEmail): Promise<StatusResult>;
}

const againIsSafe = 'Run it again later: nobody who has this credential gets a second one.';
const againRevokes =
	'Look at the learner’s credentials in the Moca dashboard before running again: duplicates are to be revoked, so that would revoke and issue once more.';
const againReads = 'Run it again later: checking changes nothing.';

/** The two calls of Issue on Behalf (docs/api/moca.md 3 and 4). Each request is to be signed for the recipient named in `signFor`. */
export function createMocaClient(send: Send, apiBaseUrl: string, hints: MocaHints): MocaClient {
	return {
		async issue(request) {
			const description = describeCall(
				'issue',
				request.recipientEmail,
				request.onDuplicate === 'ignore' ? againIsSafe : againRevokes,
				hints,
			);
			const answer = await sendExplained(send, toIssueCall(apiBaseUrl, request), description);
			if (answer.status === 409) return readConflict(answer, request, description);
			const fields = readFields(successful(answer, description), description, 'coreClaimHash');
			return { kind: 'accepted', coreClaimHash: fields.coreClaimHash as ClaimHash, fields };
		},
		async status(coreClaimHash, recipientEmail) {
			const description = describeCall('status', recipientEmail, againReads, hints);
			const call: HttpRequest = {
				method: 'GET',
				url: `${apiBaseUrl}/credentials/status`,
				query: { coreClaimHash },
				repeat: 'anything',
				givesWay: true,
				signFor: { recipientEmail },
			};
			const fields = readFields(successful(await sendExplained(send, call, description), description), description, 'vcStatus');
			return { state: stateOf(fields.vcStatus), fields };
		},
	};
}

const toIssueCall = (apiBaseUrl: string, { recipientEmail, issuerDid, programId, subject, onDuplicate }: IssueRequest): HttpRequest => ({
	method: 'POST',
	url: `${apiBaseUrl}/credentials/issue-on-behalf`,
	// The API's own default for onDuplicate is `revoke`, so the value is always sent.
	body: { issuerDid, credentialId: programId, credentialSubject: subject, onDuplicate },
	repeat: onDuplicate === 'ignore' ? 'anything' : 'unprocessed',
	signFor: { recipientEmail },
});

function readFields(answer: Answer, description: CallDescription, required: string): JsonObject {
	const body = readJsonObject(answer);
	// Documented as flat; third-party code also looks below `data` (docs/api/moca.md 3.3).
	const fields = body && body[required] === undefined && isJsonObject(body.data) ? body.data : body;
	const value = fields?.[required];
	if (fields && typeof value === 'string' && value !== '') return fields;
	throw explainUnreadable(answer, description, fields ? `it has no ${required}` : 'it is not JSON, or was cut off');
}

// No other value is documented for this call (docs/api/moca.md 4.1).
const stateOf = (vcStatus: unknown): StatusResult['state'] =>
	vcStatus === 'ONCHAIN' ? 'onChain' : vcStatus === 'WAIT_ONCHAIN' ? 'waiting' : 'unknown';

const perhapsIssued = (attempts: number): string =>
	`It took ${attempts} attempts, so it may be this run’s own, issued just now by an attempt whose answer was lost, or an older one.`;

const duplicateWords = /duplicat|already|exist/i;
const declinedWords = /consent|declin|reject/i;

/**
 * A 409 means a duplicate or a recipient who declined, and only its words, which aren't documented, may tell which (docs/api/moca.md 3.5).
 */
function readConflict(answer: Answer, request: IssueRequest, description: CallDescription): IssueResult {
	const { message = '' } = readServiceMessage(answer);
	const duplicate = duplicateWords.test(message);
	const declined = declinedWords.test(message);
	// An earlier attempt may have issued and lost its answer. With `revoke` nothing is repeated that may have.
	const isLost = answer.mayHaveBeenDone === true && request.onDuplicate === 'ignore';
	const said = message ? ` ${quoted(description.service, message)}` : '';
	if (declined && !duplicate) throw explainRefusal(answer, description);
	if (duplicate && !declined)
		return {
			kind: 'duplicate',
			note: isLost
				? `${request.recipientEmail} has this credential. ${perhapsIssued(answer.attempts)}${said}`
				: `${request.recipientEmail} has this credential already; nothing new was issued.${said}`,
		};
	const either = `${request.recipientEmail} either has this credential already or declined credentials from you, and Moca’s answer (409) does not tell which.`;
	return {
		kind: 'unclear',
		note: `${isLost ? `${either} ${perhapsIssued(answer.attempts)}` : `Nothing was issued: ${either}`} The Moca dashboard does: Issuer, Records.${said}`,
	};
}
