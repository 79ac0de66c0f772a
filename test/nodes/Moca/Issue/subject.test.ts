import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { mapperFields } from '../../../support/form';
import { continueOnFail, issue, learners, partnerCredential } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { catalogAtRoot: 'open' });
});

const assessment = 'c30v94p0r59yt0073651We';
const credential = () => ({ ...partnerCredential(sandbox), catalogBaseUrl: sandbox.moca.catalogBaseUrl });
const program = (value = assessment) => ({ __rl: true, mode: 'list', value });
const catalogRequests = () => sandbox.traffic.requests().filter(({ route }) => route.startsWith('moca.catalog'));
/** In the order of the recipients: which of several requests arrives first is nobody's promise. */
const subjects = () =>
	[...sandbox.moca.issued()]
		.sort((one, other) => one.recipientEmail.localeCompare(other.recipientEmail))
		.map(({ credentialSubject }) => credentialSubject);

/** As the schema wants it. */
const right = {
	assessment: 'First Aid',
	attempt: 1,
	score: 92.5,
	passed: true,
	takenOn: '2026-12-31',
	submittedAt: '2026-12-31T17:00:00Z',
	skills: ['CPR', 'Bandaging'],
	assessor: { name: 'Ada' },
};
/** As a spreadsheet has it. */
const fromSpreadsheet = {
	assessment: 2026,
	attempt: '1',
	score: '92,5',
	passed: 'yes',
	takenOn: '31.12.2026',
	submittedAt: '2026-12-31 17:00:00',
	skills: '["CPR", "Bandaging"]',
	assessor: '{"name": "Ada"}',
	remark: '',
};

const row = (subject: IDataObject) => ({ email: 'ada@example.com', ...subject });

/** What n8n's editor saves after somebody chose the program, with the fields it was given. */
async function mapping(value: IDataObject | null, mappingMode = 'defineBelow', chosen = assessment): Promise<IDataObject> {
	const { fields } = await mapperFields('mocaIssue', 'getSubjectFields', {
		parameters: { program: program(chosen) },
		credential: credential(),
	});
	sandbox.traffic.clear();
	return { mappingMode, value, matchingColumns: [], schema: fields as never, attemptToConvertTypes: false, convertFieldsToString: false };
}

const issueForm = async (subject: IDataObject, input: IDataObject[], parameters: IDataObject = {}, settings = {}) =>
	await issue(
		sandbox,
		input,
		{ program: program(), subjectMode: 'form', subject, ...parameters },
		{ credential: credential(), ...settings },
	);

const mapped = (names: object) => Object.fromEntries(Object.keys(names).map((name) => [name, `={{ $json.${name} }}`]));

describe('a form', () => {
	it('sends what is filled in, with an expression for each item', async () => {
		const input = [row(right), { ...row({ ...right, score: 80 }), email: 'bob@example.com' }];
		const { error } = await issueForm(await mapping(mapped(right)), input);
		expect(error).toBeUndefined();
		expect(subjects()).toEqual([right, { ...right, score: 80 }]);
	});

	it('converts every type to what the schema wants', async () => {
		const { error } = await issueForm(await mapping(mapped(fromSpreadsheet)), [row(fromSpreadsheet)]);
		expect(error).toBeUndefined();
		expect(subjects()).toEqual([{ ...right, assessment: '2026' }]);
	});

	it('converts fixed values too, as n8n’s inputs give them', async () => {
		const value = { ...right, takenOn: '2026-12-31T00:00:00', skills: '["CPR", "Bandaging"]', assessor: '{"name":"Ada"}', remark: null };
		await issueForm(await mapping(value), [{ email: 'ada@example.com' }]);
		expect(subjects()).toEqual([right]);
	});

	it.each(
		Object.entries({
			attempt: 'one',
			score: '1,234',
			passed: 'maybe',
			takenOn: '03/04/2026',
			skills: 'CPR',
			assessor: 'Ada',
			assessment: ['x'],
		}),
	)('refuses a wrong %s before anything is issued', async (name, value) => {
		const { error } = await issueForm(await mapping(mapped(right)), [row({ ...right, [name]: value })]);
		expect(error?.message).toMatch(/^The subject does not fit the program “Skills Assessment”: \w+.*, for ada@example\.com$/);
		expect(sandbox.traffic.requests().filter(({ route }) => route === 'moca.issue')).toEqual([]);
	});

	it.each(Object.keys(right))('refuses when the required %s is missing', async (name) => {
		const others = Object.fromEntries(Object.entries(right).filter(([other]) => other !== name));
		const { error } = await issueForm(await mapping(mapped(right)), [row(others)]);
		expect(error?.message).toContain('is missing');
		expect(subjects()).toEqual([]);
	});

	it('refuses one item alone when told to continue', async () => {
		const input = [row({ ...right, score: 'good' }), { ...row(right), email: 'bob@example.com' }];
		const { items } = await issueForm(await mapping(mapped(right)), input, {}, continueOnFail);
		expect(items[0]!.json).toMatchObject({ error: expect.stringContaining('Score is “good”, not a number') as string });
		expect(items[1]!.json).toMatchObject({ outcome: 'issued', recipientEmail: 'bob@example.com' });
	});

	it('leaves out what was taken out of the form', async () => {
		const form = await mapping({ ...right, remark: 'old' });
		const schema = (form.schema as IDataObject[]).map((field) => ({ ...field, removed: field.id === 'remark' }));
		await issueForm({ ...form, schema }, [{ email: 'ada@example.com' }]);
		expect(subjects()).toEqual([right]);
	});

	it('takes no field at all for a program that requires none', async () => {
		const badge = 'c28r52j0n15ws0042087Uc';
		await issueForm(await mapping(null, 'defineBelow', badge), [{ email: 'ada@example.com' }], { program: program(badge) });
		expect(subjects()).toEqual([{}]);
	});

	it('asks the catalog once for each program of a run', async () => {
		const input = learners(30).map(({ email }) => ({ email, ...right }));
		await issueForm(await mapping(mapped(right)), input);
		expect(subjects()).toHaveLength(30);
		expect(catalogRequests()).toHaveLength(1);
	});

	it('still issues, and still checks, when the catalog can’t be reached', async () => {
		const form = await mapping(mapped(fromSpreadsheet));
		sandbox.moca.settings.catalogAtRoot = 'missing';
		await issueForm(form, [row(fromSpreadsheet)]);
		expect(subjects()).toEqual([{ ...right, assessment: '2026' }]);
		const { error } = await issueForm(form, [row({ ...right, attempt: 1.5 })]);
		expect(error?.message).toContain('Attempt is 1.5, not a whole number');
	});

	it('that was never loaded says so when the catalog can’t be reached', async () => {
		sandbox.moca.settings.catalogAtRoot = 'missing';
		const { error } = await issueForm({ mappingMode: 'defineBelow', value: right, schema: [] }, [row(right)]);
		expect(error?.message).toContain('The program’s fields are not known');
		expect(error?.description).toContain('Using JSON, which works without the catalog');
	});
});

describe('automatic mapping', () => {
	it('takes the columns that have the fields’ names, and no others', async () => {
		await issueForm(await mapping(null, 'autoMapInputData'), [{ ...row(fromSpreadsheet), department: 'Sales' }]);
		expect(subjects()).toEqual([{ ...right, assessment: '2026' }]);
	});

	it('does not mind letter case, blanks and lines in a column’s name', async () => {
		const { takenOn, submittedAt, ...others } = right;
		await issueForm(await mapping(null, 'autoMapInputData'), [row({ ...others, 'Taken On': takenOn, submitted_at: submittedAt })]);
		expect(subjects()).toEqual([right]);
	});

	it('names what is missing', async () => {
		const { error } = await issueForm(await mapping(null, 'autoMapInputData'), [row({ assessment: 'First Aid' })]);
		expect(error?.message).toContain('Attempt is missing; Score is missing');
	});

	it('works in a workflow that never loaded the form, as long as the catalog can be reached', async () => {
		await issueForm({ mappingMode: 'autoMapInputData', value: null }, [row(right)]);
		expect(subjects()).toEqual([right]);
	});
});

describe('the same check for JSON', () => {
	const json = (subjectJson: unknown, parameters: IDataObject = {}, settings = {}) =>
		issue(sandbox, [{ email: 'ada@example.com' }], { program: program(), subjectJson, ...parameters } as IDataObject, {
			credential: credential(),
			...settings,
		});

	it('converts what can be', async () => {
		await json(JSON.stringify(fromSpreadsheet));
		expect(subjects()).toEqual([{ ...right, assessment: '2026' }]);
	});

	it('refuses what can’t, with the field’s title and what to write', async () => {
		const { error } = await json({ ...right, score: '92 of 100' });
		expect(error?.message).toContain('Score is “92 of 100”, not a number');
		expect(error?.description).toContain('Score: Write it with digits and a point, such as 92.5');
		expect(subjects()).toEqual([]);
	});

	it('refuses fields that the program does not have', async () => {
		const { error } = await json({ ...right, socre: 1 });
		expect(error?.message).toContain('socre is not a field of this program');
	});

	it('can be switched off: then Moca judges', async () => {
		const { error } = await json({ ...right, attempt: '1' }, { options: { checkSubject: false } });
		expect(error?.message).toContain('Moca says: credentialSubject.attempt must be integer');
		expect(catalogRequests()).toEqual([]);
	});

	it.each([
		['is closed', () => (sandbox.moca.settings.catalogAtRoot = 'forbidden')],
		['is not there', () => (sandbox.moca.settings.catalogAtRoot = 'missing')],
		['answers with a page', () => sandbox.faults.add({ route: 'moca.catalog.credential', answer: { kind: 'html', status: 503 } })],
		['drops the connection', () => sandbox.faults.add({ route: 'moca.catalog.credential', answer: { kind: 'drop', when: 'before' } })],
		['answers too late', () => sandbox.faults.add({ route: 'moca.catalog.credential', answer: { kind: 'slow', delayMs: 2_000 } })],
		['answers half', () => sandbox.faults.add({ route: 'moca.catalog.credential', answer: { kind: 'truncated' } })],
	])('never stops issuing: the catalog %s', async (_, arrange) => {
		arrange();
		const { items } = await json(right, { options: { timeout: 300 } });
		expect(items[0]!.json.outcome).toBe('issued');
		expect(catalogRequests().length).toBeLessThanOrEqual(1);
	});

	it.each([
		['has no address', { catalogBaseUrl: '' }],
		['has an address that is none', { catalogBaseUrl: 'catalog' }],
	])('never stops issuing: the catalog %s', async (_, more) => {
		const { items } = await json(right, {}, { credential: { ...credential(), ...more } });
		expect(items[0]!.json.outcome).toBe('issued');
	});

	it('waits once for a catalog that gives no answer, whatever the number of programs', async () => {
		sandbox.faults.add({ route: 'moca.catalog.credential', times: 9, answer: { kind: 'drop', when: 'before' } });
		const ids = ['c26k40g0m71tq0035218Ra', 'c28r52j0n15ws0042087Uc', assessment];
		const input = ids.map((id) => ({ id, email: 'ada@example.com', subject: id === assessment ? right : {} }));
		const programOfItem = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		await json('={{ $json.subject }}', { program: programOfItem }, { input, ...continueOnFail });
		expect(catalogRequests()).toHaveLength(1);
	});

	it('is left to Moca for a program that the catalog does not have', async () => {
		const { error } = await json({ course: 'x' }, { program: program('c29t73m0p37xr0056149Vd') });
		expect(error?.message).toContain('Moca does not know the issuer or the program');
	});
});

it('takes a program by its ID as well as from the list', async () => {
	const { items } = await issueForm(await mapping(mapped(right)), [row(right)], {
		program: { __rl: true, mode: 'id', value: ` ${assessment} ` },
	});
	expect(items[0]!.json).toMatchObject({ credentialId: assessment, outcome: 'issued' });
});

describe('Using JSON with a whole request pasted in', () => {
	const pasted = (change: IDataObject = {}) => ({
		issuerDid: sandbox.moca.partner.issuerDid,
		credentialId: assessment,
		credentialSubject: right,
		onDuplicate: 'ignore',
		...change,
	});
	const send = async (body: IDataObject) =>
		await issue(
			sandbox,
			[{ email: 'ada@example.com', subject: body }],
			{ program: program() },
			{ credential: credential(), ...continueOnFail },
		);

	it('sends its subject alone', async () => {
		const { items } = await send(pasted());
		expect(items[0]?.json.outcome).toBe('issued');
		expect(subjects()).toEqual([right]);
	});

	it.each([
		['credentialId', 'c21s70g0i54sn0023172Cv', 'Issuance Program'],
		['onDuplicate', 'revoke', 'On Duplicate'],
		['issuerDid', 'did:web:somebody.example', 'Issuer DID'],
	])('is refused when its %s is not the form’s', async (name, value, inForm) => {
		const { items } = await send(pasted({ [name]: value }));
		expect(items[0]?.json.error).toBe(`The JSON is a whole request, and its ${name}, “${value}”, is not the one of ${inForm} in this node`);
		expect(subjects()).toEqual([]);
	});
});
