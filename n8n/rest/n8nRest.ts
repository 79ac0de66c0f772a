import { credentialCalls } from './credentials';
import { dataTableCalls } from './dataTables';
import { executionCalls } from './executions';
import { nodeTypeCalls } from './nodeTypes';
import { ownerCalls } from './owner';
import { publishingCalls } from './publishing';
import { Session } from './session';
import { workflowCalls } from './workflows';

/** The calls that n8n's own editor makes, for one signed-in user. Every one throws an Error with n8n's words when n8n refuses. */
export type N8nRest = ReturnType<typeof n8nRest>;

/** Calls the n8n at this address; nobody is signed in yet. */
export function n8nRest(url: string) {
	const session = new Session(url);
	return {
		...ownerCalls(session),
		...credentialCalls(session),
		...workflowCalls(session),
		...executionCalls(session),
		...publishingCalls(session),
		...nodeTypeCalls(session),
		...dataTableCalls(session),
	};
}
