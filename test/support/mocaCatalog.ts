import type { IDataObject } from 'n8n-workflow';

import { MocaPartnerApi } from '../../credentials/MocaPartnerApi.credentials';
import { MocaCatalog } from '../../nodes/Moca/Catalog/MocaCatalog.node.ts';
import type { Sandbox } from '../../sandbox';
import { createEngine, type EngineRun, type RunSettings } from './engine';

const runNode = createEngine({ nodes: { mocaCatalog: new MocaCatalog() }, credentials: { mocaPartnerApi: new MocaPartnerApi() } });

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
