import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { MocaPartnerApi } from '../../credentials/MocaPartnerApi.credentials';
// With their ending, because Node would take the codex files (.node.json) for them.
import { MocaCatalog } from '../../nodes/Moca/Catalog/MocaCatalog.node.ts';
import { MocaIssue } from '../../nodes/Moca/Issue/MocaIssue.node.ts';
import { MocaStatus } from '../../nodes/Moca/Status/MocaStatus.node.ts';
import type { Sandbox } from '../../sandbox';
import { createEngine, type EngineRun, type RunSettings } from './engine';

const runNode = createEngine({
	nodes: { mocaCatalog: new MocaCatalog(), mocaIssue: new MocaIssue(), mocaStatus: new MocaStatus() },
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

/** Moca Catalog in n8n's engine, without an n8n credential unless the settings give one. */
export const catalog = (
	sandbox: Sandbox,
	parameters: IDataObject,
	{ input = [{}], ...settings }: Partial<RunSettings> = {},
): Promise<EngineRun> =>
	runNode('mocaCatalog', {
		input,
		credential: {},
		...settings,
		node: { ...(!settings.credential && { credentials: {} }), ...settings.node },
		parameters: {
			environment: 'custom',
			catalogBaseUrl: sandbox.moca.catalogBaseUrl,
			returnAll: false,
			limit: 50,
			sortBy: 'created_at',
			sortOrder: 'DESC',
			searchGroup: 'all',
			options: {},
			...parameters,
		},
	});

export const continueOnFail = { node: { onError: 'continueRegularOutput' as const } };
