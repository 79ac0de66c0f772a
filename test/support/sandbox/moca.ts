import axios, { type AxiosResponse } from 'axios';
import { importPKCS8, SignJWT, type JWTHeaderParameters } from 'jose';
import type { Sandbox, SandboxPartner } from '../../../sandbox';

interface Signing {
	partner?: SandboxPartner;
	header?: Record<string, unknown>;
	claims?: Record<string, unknown>;
	/** A key other than the partner's. */
	privateKeyPem?: string;
}

export const learner = 'ada@example.com';

/** A JWT as the documents want it; `undefined` in header or claims takes a member away. */
export async function signJwt(sandbox: Sandbox, email: string, { partner, header, claims, privateKeyPem }: Signing = {}): Promise<string> {
	const { partnerId, keyId, algorithm, ...own } = partner ?? sandbox.moca.partner;
	const exp = Math.floor(Date.now() / 1000) + 300;
	const joseHeader = { alg: algorithm, typ: 'JWT', kid: keyId, ...header } as JWTHeaderParameters;
	return await new SignJWT({ partnerId, email, scope: 'issue on-behalf', exp, ...claims })
		.setProtectedHeader(joseHeader)
		.sign(await importPKCS8(privateKeyPem ?? own.privateKeyPem, algorithm));
}

export const courseProgram = (sandbox: Sandbox) => sandbox.moca.programs[0]!;
export const kycProgram = (sandbox: Sandbox) => sandbox.moca.programs[1]!;
export const badgeProgram = (sandbox: Sandbox) => sandbox.moca.programs[2]!;
export const draftProgram = (sandbox: Sandbox) => sandbox.moca.programs[3]!;

export function issueBody(sandbox: Sandbox, changes: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		issuerDid: sandbox.moca.partner.issuerDid,
		credentialId: courseProgram(sandbox).credentialId,
		credentialSubject: { course: 'Algebra', score: 92 },
		onDuplicate: 'ignore',
		...changes,
	};
}

interface IssueCall extends Signing {
	email?: string;
	/** Members to change in the body; `undefined` takes one away. */
	body?: Record<string, unknown>;
	headers?: Record<string, string>;
}

/** Issues with a valid JWT and body, apart from what the test changes. */
export async function issue(sandbox: Sandbox, { email = learner, body, headers, ...signing }: IssueCall = {}): Promise<AxiosResponse> {
	const token = await signJwt(sandbox, email, signing);
	return await post(sandbox, issueBody(sandbox, body), { 'x-partner-auth': token, ...headers });
}

export async function post(sandbox: Sandbox, body: unknown, headers: Record<string, string>): Promise<AxiosResponse> {
	const url = `${sandbox.moca.apiBaseUrl}/credentials/issue-on-behalf`;
	return await axios.post(url, body, { headers, validateStatus: () => true });
}

export async function status(sandbox: Sandbox, coreClaimHash?: string, email = learner): Promise<AxiosResponse> {
	return await axios.get(`${sandbox.moca.apiBaseUrl}/credentials/status`, {
		params: { coreClaimHash },
		headers: { 'x-partner-auth': await signJwt(sandbox, email) },
		validateStatus: () => true,
	});
}

/** The documented error body with a message that says what the expression wants. */
export function expectRefusal(answer: AxiosResponse, httpStatus: number, message: RegExp): void {
	expect({ status: answer.status, body: answer.data as unknown }).toEqual({
		status: httpStatus,
		body: { error: httpStatus, message: expect.stringMatching(message) as string },
	});
}
