import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ExplainedFailure, retold } from '../../../lib/http/explained';
import type { Run } from '../../../lib/items/run';
import type { SchemaForm } from '../../../lib/moca/catalog/schemaForm';
import { checkCredentialSubject, type CredentialSubject, type ProgramId } from '../../../lib/moca/issuing/checks';
import { convertSubject } from '../../../lib/moca/issuing/subjectTypes';
import { isForModel } from '../../../lib/n8n/forModel';
import { isJsonObject } from '../../../lib/values/json';
import { withoutPastedBody } from './pastedBody';
import { pickByName } from './pickByName';
import { programForms, type CatalogSettings, type FoundForm } from './programForms';
import { fromFormFields, type SubjectFormField } from './subjectFields';

export const fields: INodeProperties[] = [
	{
		displayName: 'Subject',
		name: 'subjectMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'form', description: 'Fill in the program’s fields, or map columns to them' },
			{ name: 'Using JSON', value: 'json', description: 'Write the fields as JSON, or build them in an expression' },
		],
		default: 'form',
		description: 'How to give what the credential says about the learner',
	},
	{
		displayName: 'Subject Fields',
		name: 'subject',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['program.value'],
			resourceMapper: {
				resourceMapperMethod: 'getSubjectFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				noFieldsError: 'No fields to show yet.',
				supportAutoMap: true,
				valuesLabel: 'What the Credential Says',
			},
		},
		description: 'The fields of the program’s schema, from the catalog. Dates, numbers, yes and no are converted to what the schema wants.',
		// Shown from the first choice of a program on: n8n's editor doesn't ask for the fields of a newly chosen program while an expression in
		// this form has no value yet, such as the recipient's {{ $json.email }} before the nodes before this one have been run.
		displayOptions: { show: { subjectMode: ['form'] }, hide: { program: [''] } },
	},
	{
		displayName: 'Choose an issuance program first: its fields then appear here',
		name: 'subjectNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { subjectMode: ['form'], program: [''] } },
	},
	{
		displayName: 'Subject JSON',
		name: 'subjectJson',
		type: 'json',
		default: '{\n  "course": "First Aid",\n  "score": 92\n}',
		required: true,
		description: 'The fields of the program’s schema with their values, by the fields’ names',
		displayOptions: { show: { subjectMode: ['json'] } },
	},
];

export const checkSubjectOption: INodeProperties = {
	displayName: 'Check Subject',
	name: 'checkSubject',
	type: 'boolean',
	default: true,
	description:
		'Whether to compare the JSON with the program’s fields in the catalog before anything is sent, and to convert what can be. Without the catalog it is sent as it is.',
	displayOptions: { show: { '/subjectMode': ['json'] } },
};

/** Reads what the credential of an item says about the learner, checked against the program’s fields where they are known. */
export function subjectReader(
	context: IExecuteFunctions,
	run: Run,
): (index: number, request: ChosenInForm, catalog: CatalogSettings) => Promise<CredentialSubject> {
	const formOf = programForms(context, run);
	// Neither takes expressions that differ from item to item.
	const isJson = context.getNodeParameter('subjectMode', 0) === 'json';
	const checksJson = (context.getNodeParameter('options', 0, {}) as { checkSubject?: boolean }).checkSubject !== false;

	const readJson = async (index: number, findForm: () => Promise<FoundForm>, chosen: ChosenInForm) => {
		const { issuerDid, programId, onDuplicate } = chosen;
		const given = checkCredentialSubject(context.getNodeParameter('subjectJson', index));
		const subject = withoutPastedBody(given, { issuerDid, credentialId: programId, onDuplicate });
		const { form } = checksJson ? await findForm() : {};
		return form ? naming(chosen, () => convertSubject(subject, form)) : subject;
	};

	const readForm = async (index: number, findForm: () => Promise<FoundForm>, chosen: ChosenInForm) => {
		// The whole parameter: reading its `value` alone would let n8n convert first, which takes "" for 0 and guesses at dates.
		const mapping = context.getNodeParameter('subject', index, {}) as Mapping;
		if (mapping.mappingMode === 'autoMapInputData') refuseInTools(context);
		const { form = fromFormFields(mapping.schema), why } = await findForm();
		if (!form) throw unknownFields(why);
		const given = mapping.mappingMode === 'autoMapInputData' ? fromInput(context, index, form) : filledIn(mapping);
		return naming(chosen, () => convertSubject(given, form));
	};

	return async (index, request, catalog) => await (isJson ? readJson : readForm)(index, () => formOf(request.programId, catalog), request);
}

/** Says whose the subject was to be: n8n numbers items from 0, and people don't know them by a number. */
const naming = <T>({ recipientEmail }: ChosenInForm, read: () => T): T =>
	retold(read, ({ message, details }) => new ExplainedFailure(`${message}, for ${recipientEmail}`, details));

/** What else the item's request says. */
export interface ChosenInForm {
	recipientEmail: string;
	issuerDid: string;
	programId: ProgramId;
	onDuplicate: string;
}

/** The parameter `subject`, as n8n keeps it; nothing of it is sure in a workflow that was written by hand. */
interface Mapping {
	mappingMode?: string;
	value?: unknown;
	schema?: unknown;
}

/** n8n keeps values of fields that were taken out of the form. */
function filledIn({ value, schema }: Mapping): IDataObject {
	const removed = (Array.isArray(schema) ? (schema as SubjectFormField[]) : []).filter((field) => field.removed === true);
	const values = isJsonObject(value) ? Object.entries(value) : [];
	return Object.fromEntries(values.filter(([name]) => !removed.some(({ id }) => id === name))) as IDataObject;
}

/** Of a tool’s input n8n gives a node what the model filled in and whatever else came to the agent; none of it goes by the program’s fields. */
function refuseInTools(context: IExecuteFunctions): void {
	if (!isForModel(context)) return;
	throw new ExplainedFailure('Subject Fields are set to Map Automatically, which cannot work in an AI agent’s tool', {
		hint: 'A person sets them to Map Each Column Manually, and lets the model fill each field in.',
	});
}

const fromInput = (context: IExecuteFunctions, index: number, { fields }: SchemaForm): IDataObject =>
	pickByName(
		context.getInputData()[index]?.json ?? {},
		fields.map(({ name }) => name),
	);

const unknownFields = (why: ExplainedFailure | undefined) =>
	new ExplainedFailure(`The program’s fields are not known, so the form can’t be read. ${why?.message ?? 'The catalog names none.'}`, {
		...why?.details,
		hint: `${why?.details.hint ?? ''} Set Subject to Using JSON, which works without the catalog.`.trim(),
	});
