import type { INodeProperties } from 'n8n-workflow';

interface LocatorWords {
	displayName: string;
	/** The parameter’s name, on which saved workflows depend. */
	name: string;
	description: string;
	/** One of the lists in `mocaLists`, by the name that the node gives it. */
	list: string;
	/** An ID of this kind, for “e.g. …”. */
	exampleId: string;
}

/** Something in the catalog: chosen from the list, or by its ID, which works without the catalog too. */
export const locator = ({ displayName, name, description, list, exampleId }: LocatorWords): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: list, searchable: true } },
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${exampleId}`,
			validation: [{ type: 'regex', properties: { regex: '^\\s*\\S+\\s*$', errorMessage: 'Enter one ID, without blanks' } }],
		},
	],
});
