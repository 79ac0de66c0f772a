import { z } from 'zod';
import type { ApiCall } from '../../http/apiRoute';
import { isJson } from '../../http/isJson';
import type { ApiAnswer } from '../../http/wireAnswer';
import { MocaRefusal } from '../errors';
import type { AuthenticatedCall } from '../partners/partnerAuth';
import type { PartnerRegistry } from '../partners/registry';
import type { SandboxProgram } from '../programs';
import type { MocaSettings } from '../settings';
import type { CredentialStore, StoredCredential } from './store';
import { subjectProblems } from './subject';

interface IssueContext {
	settings: MocaSettings;
	partners: PartnerRegistry;
	programs: SandboxProgram[];
	store: CredentialStore;
}

const issueBodySchema = z.object({
	issuerDid: z.string().min(1),
	credentialId: z.string().min(1),
	credentialSubject: z.record(z.unknown()),
	// The API's own default (docs/api/moca.md 3.2).
	onDuplicate: z.enum(['ignore', 'revoke']).default('revoke'),
});

type IssueBody = z.infer<typeof issueBodySchema>;

/**
 * `POST /credentials/issue-on-behalf` (docs/api/moca.md 3). Runs without a pause from the look for a duplicate to the issuing, so
 * two requests for one learner can't both find nothing.
 * @throws MocaRefusal 403, 400, 404 or 409, in that order
 */
export function issueOnBehalf(call: ApiCall, { partner, recipientEmail }: AuthenticatedCall, context: IssueContext): ApiAnswer {
	requireAllowed(call.body, partner.partnerId, context);
	requireJson(call);
	const body = readBody(call.body);
	const program = findProgram(body, context);
	const problems = subjectProblems(body.credentialSubject, program.dataPoints, context.settings);
	if (problems.length > 0) throw new MocaRefusal(400, problems.join('; '));
	requireConsent(recipientEmail, context.settings);
	return { status: 200, body: issueAnswer(issueOnce(body, recipientEmail, context)) };
}

function issueAnswer({ coreClaimHash, credentialId, userUuid }: StoredCredential) {
	return { coreClaimHash, credentialId, userUuid };
}

function requireAllowed(body: unknown, partnerId: string, { settings, partners }: IssueContext): void {
	if (!settings.featureEnabled) throw new MocaRefusal(403, 'issueOnBehalf is not allowed');
	const issuerDid = z.object({ issuerDid: z.string() }).safeParse(body).data?.issuerDid;
	const owners = issuerDid === undefined ? [] : partners.findAllByIssuerDid(issuerDid);
	if (owners.length > 0 && !owners.some((owner) => owner.partnerId === partnerId)) {
		throw new MocaRefusal(403, 'issuerDid is not allowed for this partner');
	}
}

function requireJson({ headers }: ApiCall): void {
	if (!isJson(headers)) throw new MocaRefusal(400, 'Content-Type must be application/json');
}

function readBody(body: unknown): IssueBody {
	const parsed = issueBodySchema.safeParse(body);
	if (parsed.success) return parsed.data;
	throw new MocaRefusal(400, parsed.error.issues.map(bodyProblem).join('; '));
}

function bodyProblem({ path, code, message, ...issue }: z.ZodIssue): string {
	const field = path.join('.');
	if (field === '') return 'The body must be a JSON object';
	const missing = code === 'too_small' || ('received' in issue && issue.received === 'undefined');
	return missing ? `${field} is required` : `${field} is invalid: ${message}`;
}

function findProgram({ issuerDid, credentialId }: IssueBody, { partners, programs }: IssueContext): SandboxProgram {
	if (partners.findAllByIssuerDid(issuerDid).length === 0) throw new MocaRefusal(404, `Issuer DID not found: ${issuerDid}`);
	// A draft is as good as absent (docs/api/moca.md 3.4).
	const program = programs.find((candidate) => candidate.credentialId === credentialId && candidate.published);
	if (!program) throw new MocaRefusal(404, `Credential not found: ${credentialId}`);
	return program;
}

function requireConsent(recipientEmail: string, settings: MocaSettings): void {
	const declined = settings.declinedRecipients.some((email) => email.toLowerCase() === recipientEmail.toLowerCase());
	if (declined) throw conflict('The user has declined credentials from this partner', settings);
}

function issueOnce(body: IssueBody, recipientEmail: string, { settings, store }: IssueContext): StoredCredential {
	const { issuerDid, credentialId, credentialSubject, onDuplicate } = body;
	const active = store.activeFor(recipientEmail, credentialId);
	const [existing] = active;
	if (existing && onDuplicate === 'ignore') {
		if (settings.onDuplicateIgnore === 'conflict') throw conflict('The user already has this credential', settings);
		// That the hash is the old one is a reading: the documents only say "returns the existing credential" (docs/api/moca.md 11, no. 9).
		return existing;
	}
	for (const replaced of active) replaced.revoked = true;
	return store.issue({ issuerDid, credentialId, credentialSubject, recipientEmail });
}

function conflict(cause: string, { conflictMessage }: MocaSettings): MocaRefusal {
	return new MocaRefusal(409, conflictMessage === 'specific' ? cause : 'Conflict');
}
