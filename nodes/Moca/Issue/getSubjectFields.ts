import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { asSentence, ExplainedFailure } from '../../../lib/http/explained';
import { toReadable } from '../../../lib/items/failures';
import { checkCatalogId, type CatalogId } from '../../../lib/moca/catalog/catalog';
import { readSchemaForm } from '../../../lib/moca/catalog/schemaForm';
import { attempt } from '../../../lib/values/attempt';
import { listFailure } from '../../form/listFailure';
import { catalogForForm } from '../shared/catalogAccess';
import { toFormFields } from './subjectFields';

const instead = 'Set Subject to Using JSON, which works without the catalog. To have the form:';

/** The fields of the chosen program, for n8n's form. */
export async function getSubjectFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const program = attempt((): unknown => this.getNodeParameter('program', '', { extractValue: true }));
	if (program === '' && !isExpression(this)) return notice('Choose an issuance program first: its fields then appear here.');
	try {
		const id = checkProgram(program);
		const client = await catalogForForm(this);
		const form = readSchemaForm(await client.credential(id));
		return form ? { fields: toFormFields(form) } : notice('The catalog names no fields for this program. Set Subject to Using JSON.');
	} catch (error) {
		// n8n would take the values of fields that are not there any more out of the workflow; a failure leaves them alone.
		if (hasSavedFields(this)) throw listFailure(this, error, instead);
		const { message, details } = toReadable(error);
		return notice(`The fields can’t be shown. ${asSentence(message)} ${instead} ${details.hint}`);
	}
}

/** Such as `$fromAI`, which has a value only when an agent calls the tool. Read then, it is empty, or not a text at all. */
function checkProgram(program: unknown): CatalogId {
	if (typeof program === 'string' && program !== '') return checkCatalogId(program, 'credential');
	throw new ExplainedFailure('The issuance program is an expression that has no value yet', {
		hint: 'Choose the program from the list. In an AI agent’s tool, it is best fixed there by a person.',
	});
}

function isExpression(context: ILoadOptionsFunctions): boolean {
	const { value } = (context.getCurrentNodeParameter('program') ?? {}) as { value?: unknown };
	return typeof value === 'string' && value.startsWith('=');
}

const notice = (emptyFieldsNotice: string): ResourceMapperFields => ({ fields: [], emptyFieldsNotice });

function hasSavedFields(context: ILoadOptionsFunctions): boolean {
	const schema = context.getNodeParameter('subject.schema', []);
	return Array.isArray(schema) && schema.length > 0;
}
