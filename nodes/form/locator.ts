import type { INodeProperties } from 'n8n-workflow';

interface Locator {
	displayName: string;
	/** The parameter’s name, on which saved workflows depend. */
	name: string;
	description: string;
	/** Of the node’s `methods.listSearch`. */
	searchMethod: string;
	/** An ID of this kind, for “e.g. …”. */
	exampleId: string;
	/** What an ID looks like, as a regular expression, and what to say of another; any word if not given. */
	idForm?: { regex: string; errorMessage: string };
}

const anyWord = { regex: '^\\s*\\S+\\s*$', errorMessage: 'Enter one ID, without blanks' };

/** Something chosen from a list, or by its ID, which works without the list too. */
export const locator = ({ displayName, name, description, searchMethod, exampleId, idForm = anyWord }: Locator): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: searchMethod, searchable: true } },
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${exampleId}`,
			validation: [{ type: 'regex', properties: idForm }],
		},
	],
});
