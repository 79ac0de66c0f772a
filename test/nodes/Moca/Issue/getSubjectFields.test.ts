import { startSandbox, type Sandbox } from '../../../../sandbox';
import { mapperFields } from '../../../support/form';
import { partnerCredential } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	sandbox.moca.settings.catalogAtRoot = 'open';
});

const fieldsOf = (program: string, more: object = {}) =>
	mapperFields('mocaIssue', 'getSubjectFields', {
		parameters: { program: { __rl: true, mode: 'list', value: program }, ...more },
		credential: { ...partnerCredential(sandbox), catalogBaseUrl: sandbox.url },
	});
const assessment = 'c30v94p0r59yt0073651We';

it('gives each data point as a field: its title and description, its input, and whether it is required', async () => {
	const { fields } = await fieldsOf(assessment);
	expect(fields.map(({ id, displayName, type, required }) => [id, displayName, type, required])).toEqual([
		['assessment', 'Assessment (Name of the assessment)', 'string', true],
		['attempt', 'Attempt (First is 1)', 'number', true],
		['score', 'Score (0 to 100)', 'number', true],
		['passed', 'Passed (Whether it was passed)', 'options', true],
		['takenOn', 'Taken on (Day of the assessment, ISO 8601)', 'dateTime', true],
		['submittedAt', 'Submitted at (Point in time, ISO 8601)', 'dateTime', true],
		['skills', 'Skills (Skills that were shown)', 'array', true],
		['assessor', 'Assessor (Who graded it)', 'object', true],
		['remark', 'Remark (Anything else)', 'string', false],
	]);
});

it('asks for yes or no rather than showing a switch, which would say no of itself', async () => {
	const { fields } = await fieldsOf(assessment);
	expect(fields.find(({ id }) => id === 'passed')?.options).toEqual([
		{ name: 'No', value: false },
		{ name: 'Yes', value: true },
	]);
});

it('asks for a program first', async () => {
	expect(await fieldsOf('')).toEqual({ fields: [], emptyFieldsNotice: 'Choose an issuance program first: its fields then appear here.' });
});

it('says of a program that only a model will fill in that the program has no value yet, not that a credential is missing', async () => {
	const { fields, emptyFieldsNotice } = await fieldsOf("={{ $fromAI('program') }}");
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toMatch(
		/^The fields can’t be shown. The issuance program is an expression that has no value yet\..*fixed there by a person/,
	);
	expect(emptyFieldsNotice).not.toContain('No credential');
});

it.each([
	['a program that the catalog does not have', 'c29t73m0p37xr0056149Vd', 'Reading the credential “c29t73m0p37xr0056149Vd”'],
	['a schema’s ID instead', 'c26j90e1bx5hn0027734Wd', 'not of a schema'],
])('says why there are no fields for %s', async (_, program, why) => {
	const { fields, emptyFieldsNotice } = await fieldsOf(program);
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toContain(why);
	expect(emptyFieldsNotice).toContain('Using JSON, which works without the catalog');
});

it('leaves a form that was filled in before alone when the catalog can’t be read', async () => {
	sandbox.moca.settings.catalogAtRoot = 'missing';
	const saved = { subject: { mappingMode: 'defineBelow', value: { course: 'First Aid' }, schema: [{ id: 'course' }] } };
	await expect(fieldsOf(assessment, saved)).rejects.toThrow('there is no catalog');
	expect(await fieldsOf(assessment)).toMatchObject({
		fields: [],
		emptyFieldsNotice: expect.stringContaining('there is no catalog') as string,
	});
});
