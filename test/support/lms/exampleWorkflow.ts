import type { WorkflowFile } from '../../../n8n/rest/workflowFile';

type Parameters = Record<string, unknown>;

/** A Set node with another value in one of its rows. */
export const row =
	(name: string, value: string) =>
	(parameters: Parameters): Parameters => {
		const { assignments } = parameters.assignments as { assignments: Array<{ name: string; value: string }> };
		if (!assignments.some((assignment) => assignment.name === name)) throw new Error(`There is no row ${name}.`);
		return { ...parameters, assignments: { assignments: assignments.map((one) => (one.name === name ? { ...one, value } : one)) } };
	};

/** A node with these parameters instead. */
export const parameters = (changed: Parameters) => (before: Parameters) => ({ ...before, ...changed });

/** A node with these options beside its own. */
export const options =
	(changed: Parameters) =>
	(before: Parameters): Parameters => ({ ...before, options: { ...(before.options as Parameters), ...changed } });

export function webhookPath(file: WorkflowFile): string {
	const webhook = file.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
	return String(webhook?.parameters.path);
}
