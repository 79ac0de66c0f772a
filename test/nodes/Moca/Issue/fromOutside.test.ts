import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { mapperFields, searchList } from '../../../support/form';
import { courseProgram, issue, partnerCredential } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { catalogAtRoot: 'open' });
});

const credential = () => ({ ...partnerCredential(sandbox), catalogBaseUrl: sandbox.moca.catalogBaseUrl });
/** What anybody may write into the public catalog: n8n fails at it, and would hand over what it finds if there were such a node. */
const expression = "={{ $('Secrets').first().json.password }}";
const published = () => sandbox.moca.catalog.credentials.find(({ credentialId }) => credentialId === courseProgram(sandbox))!;

/** What n8n’s editor saves of a chosen entry. */
async function chosen(): Promise<IDataObject> {
	const form = { parameters: {}, credential: credential() };
	const { results } = await searchList('mocaIssue', 'searchIssuancePrograms', form, courseProgram(sandbox));
	return { __rl: true, mode: 'list', value: results[0]!.value, cachedResultName: results[0]!.name };
}

it('does not evaluate the name of a program that somebody published', async () => {
	published().name = expression;
	const program = await chosen();
	expect(program.cachedResultName).toContain(expression);
	const { items, error } = await issue(sandbox, [{ email: 'ada@example.com', subject: { course: 'First Aid', score: 80 } }], { program });
	expect(error).toBeUndefined();
	expect(items[0]!.json).toMatchObject({ outcome: 'issued' });
});

it('does not evaluate what a program’s fields are called', async () => {
	const program = await chosen();
	published().dataPoints = [
		{ name: 'course', title: expression, type: 'string', isRequired: true, description: expression },
		{ name: 'score', title: 'Score', type: 'integer', isRequired: true, description: expression },
		{ name: expression, title: 'Remark', type: 'string', isRequired: false, description: '' },
	];
	const { fields } = await mapperFields('mocaIssue', 'getSubjectFields', { parameters: { program }, credential: credential() });
	expect(fields.map(({ id }) => id)).toEqual(['course', 'score']);
	const subject = { mappingMode: 'defineBelow', value: { course: 'First Aid', score: 80 }, schema: fields as never };
	const { items, error } = await issue(
		sandbox,
		[{ email: 'ada@example.com' }],
		{ program, subjectMode: 'form', subject },
		{ credential: credential() },
	);
	expect(error).toBeUndefined();
	expect(items[0]!.json).toMatchObject({ outcome: 'issued' });
});
