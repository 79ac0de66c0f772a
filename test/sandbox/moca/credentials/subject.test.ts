import { expectRefusal, issue, kycProgram } from '../../../support/sandbox/moca';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();

afterEach(() => {
	Object.assign(sandbox().moca.settings, { subjectId: 'accepted', checkDateFormat: true });
});

const issueCourse = async (credentialSubject: Record<string, unknown>) => await issue(sandbox(), { body: { credentialSubject } });
const course = { course: 'Algebra', score: 92 };

it('takes every field of the program in its own type', async () => {
	expect((await issueCourse({ ...course, passed: true, completedOn: '2026-06-30' })).status).toBe(200);
	const { credentialId } = kycProgram(sandbox());
	const credentialSubject = {
		countryCode: 'PT',
		isOver18: true,
		kycLevel: 2,
		riskScore: 0.25,
		verifiedOn: '2026-06-30T10:00:00Z',
		provider: { name: 'Acme' },
	};
	expect((await issue(sandbox(), { body: { credentialId, credentialSubject } })).status).toBe(200);
});

it.each([
	['a missing required field', { score: 92 }, /credentialSubject\.course is required \(string\)/],
	['a field the program does not have', { ...course, grade: 'A' }, /credentialSubject\.grade is not a field/],
	['a number instead of a string', { ...course, course: 7 }, /credentialSubject\.course must be string, got integer/],
	['a string instead of an integer', { ...course, score: '92' }, /credentialSubject\.score must be integer, got string/],
	['a fraction instead of an integer', { ...course, score: 9.5 }, /credentialSubject\.score must be integer, got number/],
	['a string instead of a boolean', { ...course, passed: 'true' }, /credentialSubject\.passed must be boolean, got string/],
	['an array', { ...course, course: ['Algebra'] }, /credentialSubject\.course must be string, got array/],
	['null', { ...course, passed: null }, /credentialSubject\.passed must be boolean, got null/],
	['a date that is a number', { ...course, completedOn: 1 }, /credentialSubject\.completedOn must be date, got integer/],
	['a date in another format', { ...course, completedOn: '30/06/2026' }, /credentialSubject\.completedOn must be a date in ISO 8601/],
	['a day that does not exist', { ...course, completedOn: '2026-02-30' }, /credentialSubject\.completedOn must be a date in ISO 8601/],
	['an id that is no URI', { ...course, id: '17' }, /credentialSubject\.id must be a URI/],
])('refuses %s with 400 and names the field', async (_case, credentialSubject, message) => {
	expectRefusal(await issueCourse(credentialSubject), 400, message);
});

it('tells every problem at once', async () => {
	expectRefusal(await issueCourse({ grade: 'A' }), 400, /course is required.*score is required.*grade is not a field/);
});

it('takes a holder id that is a URI, unless told to refuse it', async () => {
	const withId = { ...course, id: 'did:air:id:test:holder' };
	expect((await issueCourse(withId)).status).toBe(200);
	sandbox().moca.settings.subjectId = 'refused';
	expectRefusal(await issueCourse(withId), 400, /credentialSubject\.id is not a field/);
});

it('takes any string as a date when formats are not checked', async () => {
	sandbox().moca.settings.checkDateFormat = false;
	expect((await issueCourse({ ...course, completedOn: '30/06/2026' })).status).toBe(200);
});
