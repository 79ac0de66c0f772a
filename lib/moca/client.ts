import { isJsonObject, readJsonObject, readServiceMessage, type JsonObject } from '../http/readAnswer';
import { ConnectionFailure, type Answer, type HttpRequest, type Send } from '../http/types';
import type { ClaimHash, CredentialSubject, IssuerDid, ProgramId, RecipientEmail } from './checks';
import { explainNoAnswer, explainRefusal, explainUnreadable, quoted, type Doing } from './failures';

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
	/** Accepted; with `ignore`, this may be the credential that the recipient had already (fact sheet 3.4). */
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
	'Look at the learner’s credentials in the Moca dashboard before running again: On Duplicate is Revoke, so that would revoke and issue once more.';
const againReads = 'Run it again later: checking changes nothing.';

/** The two calls of Issue on Behalf (fact sheet 3 and 4). Each request is to be signed for the recipient named in `signFor`. */
export function createMocaClient(send: Send, apiBaseUrl: string): MocaClient {
	return {
		async issue(request) {
			const doing: Doing = { what: 'issue', email: request.recipientEmail };
			const hintForRetry = request.onDuplicate === 'ignore' ? againIsSafe : againRevokes;
			const answer = await sendExplained(send, toIssueCall(apiBaseUrl, request), doing, hintForRetry);
			if (answer.status === 409) return readConflict(answer, request, doing);
			const fields = readFields(answer, doing, 'coreClaimHash', hintForRetry);
			return { kind: 'accepted', coreClaimHash: fields.coreClaimHash as ClaimHash, fields };
		},
		async status(coreClaimHash, recipientEmail) {
			const doing: Doing = { what: 'status', email: recipientEmail };
			const call: HttpRequest = {
				method: 'GET',
				url: `${apiBaseUrl}/credentials/status`,
				query: { coreClaimHash },
				repeat: 'anything',
				signFor: { recipientEmail },
			};
			const answer = await sendExplained(send, call, doing, againReads);
			const fields = readFields(answer, doing, 'vcStatus', againReads);
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

async function sendExplained(send: Send, request: HttpRequest, doing: Doing, hintForRetry: string): Promise<Answer> {
	const answer = await send(request).catch((error: unknown) =>
		Promise.reject(error instanceof ConnectionFailure ? explainNoAnswer(error, doing, hintForRetry) : error),
	);
	const isConflict = doing.what === 'issue' && answer.status === 409;
	if ((answer.status < 200 || answer.status > 299) && !isConflict) throw explainRefusal(answer, doing, hintForRetry);
	return answer;
}

function readFields(answer: Answer, doing: Doing, required: string, hintForRetry: string): JsonObject {
	const body = readJsonObject(answer);
	// Documented as flat; third-party code also looks below `data` (fact sheet 3.3).
	const fields = body && body[required] === undefined && isJsonObject(body.data) ? body.data : body;
	const value = fields?.[required];
	if (!fields || typeof value !== 'string' || value === '') throw explainUnreadable(answer, doing, fields && required, hintForRetry);
	return fields;
}

// No other value is documented for this call (fact sheet 4.1).
const stateOf = (vcStatus: unknown): StatusResult['state'] =>
	vcStatus === 'ONCHAIN' ? 'onChain' : vcStatus === 'WAIT_ONCHAIN' ? 'waiting' : 'unknown';

const duplicateWords = /duplicat|already|exist/i;
const declinedWords = /consent|declin|reject/i;

/** A 409 means a duplicate or a recipient who declined, and only its words, which aren't documented, may tell which (fact sheet 3.5). */
function readConflict(answer: Answer, request: IssueRequest, doing: Doing): IssueResult {
	const { message = '' } = readServiceMessage(answer);
	const duplicate = duplicateWords.test(message);
	const declined = declinedWords.test(message);
	const said = message ? ` ${quoted(message)}` : '';
	if (declined && !duplicate) throw explainRefusal(answer, doing, '');
	if (duplicate && !declined)
		return { kind: 'duplicate', note: `${request.recipientEmail} has this credential already; nothing new was issued.${said}` };
	return {
		kind: 'unclear',
		note: `Nothing was issued: ${request.recipientEmail} either has this credential already or declined credentials from you, and Moca’s answer (409) does not tell which. The Moca dashboard does: Issuer, Records.${said}`,
	};
}
