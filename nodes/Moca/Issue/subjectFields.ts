import type { FieldType, ResourceMapperField } from 'n8n-workflow';

import type { SchemaField, SchemaForm, SubjectType } from '../../../lib/moca/catalog/schemaForm';
import { isJsonObject } from '../../../lib/values/json';
import { canBeValue, labelFromOutside } from '../../form/fromOutside';

/** A field of the form as n8n keeps it in the workflow, and with it what n8n's own types can't say. */
export interface SubjectFormField extends ResourceMapperField {
	title?: string;
	subjectType?: SubjectType;
}

const longestLabel = 80;

/** The fields of n8n's form for a program. n8n shows no description beside a field, so a short one stands in its label. */
export const toFormFields = ({ fields }: SchemaForm): SubjectFormField[] =>
	fields
		// Moca adds the holder's id by itself, and no sample sends it (docs/api/moca.md 3.4).
		.filter(({ name }) => name !== 'id' && canBeValue(name))
		.map((field) => ({
			id: field.name,
			displayName: labelOf(field),
			required: field.isRequired,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			...inputs[field.type],
			title: labelFromOutside(field.title),
			subjectType: field.type,
		}));

function labelOf({ title, description }: SchemaField): string {
	const label = `${title} (${description.replace(/\.$/, '')})`;
	return labelFromOutside(description === '' || description === title || label.length > longestLabel ? title : label);
}

// A switch has no third position: left alone it would say “no” of a learner whom nobody asked about. So yes and no are chosen.
const yesOrNo = {
	type: 'options' as const,
	options: [
		{ name: 'No', value: false },
		{ name: 'Yes', value: true },
	],
};

const inputs: Record<SubjectType, Pick<ResourceMapperField, 'type' | 'options'>> = {
	string: { type: 'string' },
	integer: { type: 'number' },
	number: { type: 'number' },
	boolean: yesOrNo,
	date: { type: 'dateTime' },
	dateTime: { type: 'dateTime' },
	array: { type: 'array' },
	object: { type: 'object' },
	any: { type: 'string' },
};

/** The form as it was when the workflow was saved, for runs that can't ask the catalog. */
export function fromFormFields(saved: unknown): SchemaForm | undefined {
	const entries: unknown[] = Array.isArray(saved) ? saved : [];
	const fields = entries.filter(isSavedField);
	if (fields.length === 0) return undefined;
	return {
		programName: '',
		fields: fields.map(({ id, displayName, title, required, type, subjectType }) => ({
			name: id,
			title: title ?? displayName ?? id,
			type: typeOfSaved(subjectType, type),
			isRequired: required === true,
			description: '',
		})),
	};
}

/** Workflows are written by hand, too, and imported from elsewhere. */
const isSavedField = (entry: unknown): entry is Partial<SubjectFormField> & { id: string } =>
	isJsonObject(entry) && typeof entry.id === 'string';

const typeOfSaved = (subjectType?: SubjectType, type?: FieldType): SubjectType =>
	subjectType !== undefined && Object.hasOwn(inputs, subjectType) ? subjectType : (savedTypes.get(type) ?? 'any');

const savedTypes = new Map<FieldType | undefined, SubjectType>([
	['number', 'number'],
	['options', 'boolean'],
	['boolean', 'boolean'],
	['dateTime', 'dateTime'],
	['array', 'array'],
	['object', 'object'],
]);
