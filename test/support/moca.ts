import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { MocaPartnerApi } from '../../credentials/MocaPartnerApi.credentials';
// With their ending, because Node would take the codex files (.node.json) for them.
import { MocaIssue } from '../../nodes/Moca/Issue/MocaIssue.node.ts';
import { MocaStatus } from '../../nodes/Moca/Status/MocaStatus.node.ts';
import type { Sandbox } from '../../sandbox';
import { createEngine, type EngineRun, type RunSettings } from './engine';

const runNode = createEngine({
	nodes: { mocaIssue: new MocaIssue(), mocaStatus: new MocaStatus() },
	credentials: { mocaPartnerApi: new MocaPartnerApi() },
});

/** The n8n credential of the sandbox's partner. */
export const partnerCredential = ({ moca: { apiBaseUrl, partner } }: Sandbox): ICredentialDataDecryptedObject => ({
	environment: 'custom',
	apiBaseUrl,
	catalogBaseUrl: '',
	partnerId: partner.partnerId,
	privateKey: partner.privateKeyPem,
	keyId: partner.keyId,
	algorithm: 'auto',
	scope: 'issue on-behalf',
	issuerDid: partner.issuerDid,
	testEmail: 'test@example.com',
});

export const courseProgram = (sandbox: Sandbox) => sandbox.moca.programs[0]!.credentialId;

export const learner = (number: number): IDataObject => ({
	email: `learner${number}@example.com`,
	subject: { course: 'First Aid', score: 80 },
});

export const learners = (count: number): IDataObject[] => Array.from({ length: count }, (_, index) => learner(index + 1));

/** Moca Issue in n8n's engine, for items `{ email, subject }`. */
export const issue = (
	sandbox: Sandbox,
	input: IDataObject[],
	parameters: IDataObject = {},
	settings: Partial<RunSettings> = {},
): Promise<EngineRun> =>
	runNode('mocaIssue', {
		input,
		credential: partnerCredential(sandbox),
		...settings,
		parameters: {
			operation: 'issue',
			recipientEmail: '={{ $json.email }}',
			program: { __rl: true, mode: 'id', value: courseProgram(sandbox) },
			subjectMode: 'json',
			subjectJson: '={{ $json.subject }}',
			onDuplicate: 'ignore',
			waitForOnChain: false,
			issuerDid: '',
			options: {},
			...parameters,
		},
	});

/** Moca Status in n8n's engine, for items `{ email, hash }`. */
export const status = (
	sandbox: Sandbox,
	input: IDataObject[],
	parameters: IDataObject = {},
	settings: Partial<RunSettings> = {},
): Promise<EngineRun> =>
	runNode('mocaStatus', {
		input,
		credential: partnerCredential(sandbox),
		...settings,
		parameters: { operation: 'get', coreClaimHash: '={{ $json.hash }}', recipientEmail: '={{ $json.email }}', options: {}, ...parameters },
	});

export const continueOnFail = { node: { onError: 'continueRegularOutput' as const } };
