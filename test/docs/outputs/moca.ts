import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox';
import type { EngineRun } from '../../support/engine';
import { catalog, issue, learners, status } from '../../support/moca';
import type { Scenarios } from './scenario';

const quickly: IDataObject = { options: { pollInterval: 0.1, waitTimeout: 10 } };

async function issued(sandbox: Sandbox): Promise<IDataObject[]> {
	const { items } = await issue(sandbox, learners(1));
	return items.map(({ json }) => ({ email: json.recipientEmail, hash: json.coreClaimHash }));
}

/** What Moca's specification has beside its samples (docs/api/moca.md 4). */
const specified = { expirationDate: '2027-11-21 00:00:00', issuerId: 'iss_01', schemeId: 'sch_01', vcDstorageId: 'ds_01' };

async function lookedUp(sandbox: Sandbox, operation: string): Promise<EngineRun> {
	sandbox.moca.settings.statusAdds = specified;
	return await status(sandbox, await issued(sandbox), { operation, ...quickly });
}

/** Of each kind in the sandbox's catalog. */
const ids = { schema: 'schemaId', credential: 'credentialId', program: 'programId' } as const;

const search = async (sandbox: Sandbox, searchGroup: string): Promise<EngineRun> =>
	await catalog(sandbox, { resource: 'search', operation: 'search', query: 'a', searchGroup });

async function entry(sandbox: Sandbox, resource: keyof typeof ids): Promise<EngineRun> {
	const searchGroup = resource === 'credential' ? 'credentials' : 'programs';
	const { items } =
		resource === 'schema'
			? await catalog(sandbox, { resource, operation: 'getMany', sortBy: 'credential_count' })
			: await search(sandbox, searchGroup);
	const value = items[0]?.json[ids[resource]];
	return await catalog(sandbox, { resource, operation: 'get', [resource]: { __rl: true, mode: 'id', value } });
}

export const mocaScenarios: Scenarios = {
	'Moca/Issue issue': [
		(sandbox) => issue(sandbox, learners(1)),
		(sandbox) => issue(sandbox, learners(1), { checkOnly: true }),
		(sandbox) => {
			sandbox.moca.settings.statusAdds = specified;
			return issue(sandbox, learners(1), { waitForOnChain: true, ...quickly });
		},
		async (sandbox) => {
			sandbox.moca.settings.onDuplicateIgnore = 'conflict';
			await issue(sandbox, learners(1));
			return await issue(sandbox, learners(1));
		},
	],
	'Moca/Status get': [(sandbox) => lookedUp(sandbox, 'get')],
	'Moca/Status wait': [(sandbox) => lookedUp(sandbox, 'wait')],
	'Moca/Catalog schema/get': [(sandbox) => entry(sandbox, 'schema')],
	'Moca/Catalog schema/getMany': [(sandbox) => catalog(sandbox, { resource: 'schema', operation: 'getMany' })],
	'Moca/Catalog credential/get': [(sandbox) => entry(sandbox, 'credential')],
	'Moca/Catalog program/get': [(sandbox) => entry(sandbox, 'program')],
	'Moca/Catalog program/getMany': [(sandbox) => catalog(sandbox, { resource: 'program', operation: 'getMany' })],
	'Moca/Catalog search/search': ['credentials', 'issuers', 'programs'].map((group) => (sandbox) => search(sandbox, group)),
};
