import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** A node that only looks at what n8n gives it, and hands its items on. */
export const readerNode = (
	more: Pick<INodeTypeDescription, 'credentials' | 'properties'>,
	look: (context: IExecuteFunctions) => Promise<void> | void,
): INodeType => ({
	description: {
		displayName: 'Reader',
		name: 'reader',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Reader' },
		inputs: ['main'],
		outputs: ['main'],
		...more,
	},
	async execute() {
		await look(this);
		return [this.getInputData()];
	},
});
